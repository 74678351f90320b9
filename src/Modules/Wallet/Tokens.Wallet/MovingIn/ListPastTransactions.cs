using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Tokens.Platform.Identity;
using Tokens.Platform.Inputs;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Data;

namespace Tokens.Wallet.MovingIn;

/// <summary>GET /api/tokens/transactions/past: the history that the caller brought along from an older system, newest first.</summary>
internal static class ListPastTransactions
{
    private const int LimitDefault = 50;
    private const string CursorTitle = "Invalid cursor";
    private static readonly WholeNumberRule LimitRule = new("limit", "Invalid limit", 1, 200);
    private static readonly TextRule CursorRule = new("cursor", CursorTitle, 36);

    internal sealed record Request(int Limit, Guid? Cursor) : IInput<Request>
    {
        public static Request Read(InputReader input)
        {
            var limit = (int)(input.Query.OptionalWholeNumber(LimitRule) ?? LimitDefault);
            var text = input.Query.OptionalText(CursorRule);
            Guid? cursor = Guid.TryParseExact(text, "D", out var id) ? id : null;
            if (text is not null && cursor is null)
            {
                input.Fault("cursor", CursorTitle, "cursor must be the nextCursor of an earlier page.");
            }

            return new Request(limit, cursor);
        }
    }

    internal sealed record Item(
        Guid Id,
        string Type,
        long Tokens,
        decimal AmountUsd,
        string Status,
        Guid? RelatedUserId,
        string? Channel,
        string? Message,
        string? Reference,
        DateTime CreatedAt);

    internal sealed record Response(bool Success, IReadOnlyList<Item> Transactions, string? NextCursor, DateTime Timestamp);

    internal static async Task<Ok<Response>> Handle(
        Input<Request> input, Caller caller, IModuleDb<WalletDb> db, TokenValue value, TimeProvider time, CancellationToken cancellationToken)
    {
        var (limit, cursor) = input.Value;
        // One more than asked for tells whether there is another page.
        var rows = await db.ReadAsync(
            (wallet, token) =>
            {
                var own = wallet.PastTransactions.AsNoTracking().Where(row => row.MemberId == caller.Id);
                return (cursor is { } below ? own.Where(row => row.Id < below) : own)
                    .OrderByDescending(row => row.Id).Take(limit + 1).ToListAsync(token);
            },
            cancellationToken);
        var page = rows.Take(limit).Select(row => ItemOf(row, value)).ToList();
        return TypedResults.Ok(new Response(true, page, rows.Count > limit ? page[^1].Id.ToString() : null, time.UtcNow()));
    }

    private static Item ItemOf(PastTransactionRow row, TokenValue value) => new(
        row.Id,
        row.Type,
        row.Tokens,
        value.UsdOf(row.Tokens),
        "completed",
        row.RelatedMemberId,
        row.Channel,
        row.Message,
        row.Reference,
        row.CreatedAt);
}
