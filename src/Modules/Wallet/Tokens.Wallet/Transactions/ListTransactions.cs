using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Tokens.Platform.Identity;
using Tokens.Platform.Inputs;
using Tokens.Platform.Time;

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
        EntrySearch search,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var request = input.Value;
        var skip = request.Cursor is null ? request.Offset : 0;
        var page = await search.NewestAsync(
            caller.Id, request.Filter, request.Cursor ?? long.MaxValue, skip, request.Limit, cancellationToken);
        var next = page.Next?.ToString(CultureInfo.InvariantCulture);
        return TypedResults.Ok(new Response(true, page.Entries, page.Total, request.Limit, request.Offset, next, time.UtcNow()));
    }
}
