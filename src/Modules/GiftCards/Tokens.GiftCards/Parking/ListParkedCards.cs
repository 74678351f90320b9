using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Tokens.Platform.Inputs;
using Tokens.Platform.Time;

namespace Tokens.GiftCards.Parking;

/// <summary>GET /api/tokens/admin/gift-cards/parked: cards and gifts that wait for a person, in the order of their ids.</summary>
internal static class ListParkedCards
{
    private const int LimitDefault = 50;
    private const string CursorTitle = "Invalid cursor";
    private static readonly WholeNumberRule LimitRule = new("limit", "Invalid limit", 1, 200);
    private static readonly TextRule CursorRule = new("cursor", CursorTitle, 36);

    internal sealed record Request(int Limit, Guid Cursor) : IInput<Request>
    {
        public static Request Read(InputReader input)
        {
            var limit = (int)(input.Query.OptionalWholeNumber(LimitRule) ?? LimitDefault);
            var text = input.Query.OptionalText(CursorRule);
            if (!Guid.TryParseExact(text, "D", out var cursor) && text is not null)
            {
                input.Fault("cursor", CursorTitle, "cursor must be the nextCursor of an earlier page.");
            }

            return new Request(limit, cursor);
        }
    }

    internal sealed record Response(bool Success, IReadOnlyList<ParkedItem> Parked, string? NextCursor, DateTime Timestamp);

    internal static async Task<Ok<Response>> Handle(
        Input<Request> input, ParkedItems parked, TimeProvider time, CancellationToken cancellationToken)
    {
        var (limit, cursor) = input.Value;
        // One more than asked for tells whether there is another page.
        var items = await parked.AfterAsync(cursor, limit + 1, cancellationToken);
        var page = items.Take(limit).ToList();
        return TypedResults.Ok(new Response(true, page, items.Count > limit ? page[^1].Id.ToString() : null, time.UtcNow()));
    }
}
