using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Tokens.Platform.Identity;
using Tokens.Platform.Inputs;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Data;

namespace Tokens.Wallet.Transactions;

/// <summary>GET /api/tokens/transactions: a member's history, newest first, in the order in which it was posted.</summary>
internal static class ListTransactions
{
    private const int LimitDefault = 50;
    private static readonly WholeNumberRule LimitRule = new("limit", "Invalid limit", 1, 200);
    private static readonly WholeNumberRule OffsetRule = new("offset", "Invalid offset", 0, 10_000);
    private static readonly WholeNumberRule CursorRule = new("cursor", "Invalid cursor", 1)
    {
        Sentence = "cursor must be the nextCursor of an earlier page.",
    };

    internal sealed record Request(int Limit, int Offset, long? Cursor, EntryFilter Filter) : IInput<Request>
    {
        public static Request Read(InputReader input) => new(
            (int)(input.Query.OptionalWholeNumber(LimitRule) ?? LimitDefault),
            (int)(input.Query.OptionalWholeNumber(OffsetRule) ?? 0),
            input.Query.OptionalWholeNumber(CursorRule),
            EntryFilter.Read(input, withType: true));
    }

    internal sealed record Response(
        bool Success,
        IReadOnlyList<Entry> Transactions,
        long? Total,
        int Limit,
        int Offset,
        string? NextCursor,
        DateTime Timestamp);

    internal static async Task<Ok<Response>> Handle(
        Input<Request> input,
        Caller caller,
        IModuleDb<WalletDb> db,
        TokenValue value,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var request = input.Value;
        var (entries, total, lowest) = await db.ReadAsync(
            (wallet, token) => request.Filter.IsEmpty
                ? PageAsync(wallet, value, caller.Id, request, token)
                : MatchingAsync(wallet, value, caller.Id, request, token),
            cancellationToken);
        var next = lowest > 1 ? lowest.Value.ToString(CultureInfo.InvariantCulture) : null;
        return TypedResults.Ok(new Response(true, entries, total, request.Limit, request.Offset, next, time.UtcNow()));
    }

    private static async Task<(List<Entry> Entries, long? Total, long? Lowest)> PageAsync(
        WalletDb wallet, TokenValue value, Guid accountId, Request request, CancellationToken cancellationToken)
    {
        var total = await wallet.Accounts.Where(a => a.Id == accountId).Select(a => a.Version).SingleOrDefaultAsync(cancellationToken);
        var highest = request.Cursor is { } cursor ? Math.Min(cursor - 1, total) : total - request.Offset;
        if (highest < 1)
        {
            return ([], total, null);
        }

        var lowest = Math.Max(1, highest - request.Limit + 1);
        return (await new EntryQuery(wallet, value).RangeAsync(accountId, lowest, highest, cancellationToken), total, lowest);
    }

    private static async Task<(List<Entry> Entries, long? Total, long? Lowest)> MatchingAsync(
        WalletDb wallet, TokenValue value, Guid accountId, Request request, CancellationToken cancellationToken)
    {
        var skip = request.Cursor is null ? request.Offset : 0;
        var (entries, lowest) = await new EntryQuery(wallet, value).MatchingAsync(
            accountId, request.Filter, request.Cursor ?? long.MaxValue, skip, request.Limit, cancellationToken);
        return (entries, null, entries.Count == request.Limit ? lowest : null);
    }
}
