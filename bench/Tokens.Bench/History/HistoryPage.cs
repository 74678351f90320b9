using System.Globalization;

namespace Tokens.Bench.History;

/// <summary>A page that is asked for.</summary>
/// <param name="Name">What it is called in the report.</param>
/// <param name="Query">The query of <c>GET /api/tokens/transactions</c>, with its question mark.</param>
internal sealed record HistoryPage(string Name, string Query)
{
    /// <summary>Pages from the account's newest to its oldest entry, with filters that fit many, few and none.</summary>
    internal static IReadOnlyList<HistoryPage> Of(int accountTransfers, DateTime end)
    {
        var middle = end - (PastLedger.Span / 2);
        var day = $"from={Time(middle)}&to={Time(middle + TimeSpan.FromDays(1))}";
        return
        [
            new("first", ""),
            new("first, 200 entries", "?limit=200"),
            new("middle, by cursor", $"?cursor={accountTransfers / 2}"),
            new("deepest, by cursor", "?cursor=51"),
            new("offset 10,000", "?offset=10000"),
            new("type tip: nearly all", "?type=tip"),
            new("type tip, from the middle", $"?type=tip&cursor={accountTransfers / 2}"),
            new("type call: one in 100", "?type=call"),
            new("type payout: one in 1,000", "?type=payout"),
            new("type dispute: none", "?type=dispute"),
            new("one day in the middle", $"?{day}"),
            new("all before the middle", $"?to={Time(middle)}"),
            new("all before the first", $"?to={Time(end - (2 * PastLedger.Span))}"),
            new("payouts of one day in the middle", $"?type=payout&{day}"),
        ];
    }

    private static string Time(DateTime instant) =>
        Uri.EscapeDataString(instant.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
}
