using System.Globalization;
using Tokens.Wallet.Tests.Ledger;
using Tokens.Wallet.Transactions;

namespace Tokens.Wallet.Tests.Transactions;

/// <summary>Compares what the listing tells with what the model knows.</summary>
internal static class HistoryComparison
{
    internal static async Task CompareAsync(
        HistoryReader pages, Guid memberId, List<Entry> oldestFirst, RandomHistory random, int seed)
    {
        var newestFirst = Enumerable.Reverse(oldestFirst).ToList();
        (await pages.AllPagesAsync(memberId, filter: "", () => random.Next(1, 200))).ShouldBe(newestFirst, $"seed {seed}");
        CheckChain(newestFirst);
        await CompareOffsetAsync(pages, memberId, newestFirst, random, seed);
        for (var i = 0; i < 4; i++)
        {
            await CompareFilteredAsync(pages, memberId, newestFirst, random, seed);
        }
    }

    private static async Task CompareOffsetAsync(
        HistoryReader pages, Guid memberId, List<Entry> newestFirst, RandomHistory random, int seed)
    {
        var (limit, offset) = (random.Next(1, 200), random.Next(0, newestFirst.Count + 2));
        var page = await pages.PageAsync(memberId, $"limit={limit}&offset={offset}");
        page.Transactions.ShouldBe(newestFirst.Skip(offset).Take(limit), $"seed {seed}");
        page.Total.ShouldBe(newestFirst.Count, $"seed {seed}");
        page.Limit.ShouldBe(limit);
        page.Offset.ShouldBe(offset);
    }

    private static async Task CompareFilteredAsync(
        HistoryReader pages, Guid memberId, List<Entry> newestFirst, RandomHistory random, int seed)
    {
        var type = random.Chance(0.5) ? random.Pick([.. EntryTypes.All]) : null;
        DateTime? from = random.Chance(0.5) && newestFirst.Count > 0 ? random.Pick(newestFirst).CreatedAt : null;
        DateTime? to = random.Chance(0.5) && newestFirst.Count > 0 ? random.Pick(newestFirst).CreatedAt.AddMilliseconds(1) : null;
        if (from >= to || (type ?? (object?)from ?? to) is null)
        {
            return;
        }

        var filter = (type is null ? "" : $"&type={type}") + Query("from", from) + Query("to", to);
        var expected = newestFirst.Where(entry => (type is null || entry.Type == type)
            && (from is null || entry.CreatedAt >= from) && (to is null || entry.CreatedAt < to)).ToList();

        (await pages.AllPagesAsync(memberId, filter, () => random.Next(1, 20))).ShouldBe(expected, $"seed {seed}, {filter}");
        var (limit, offset) = (random.Next(1, 20), random.Next(0, expected.Count + 1));
        var page = await pages.PageAsync(memberId, $"limit={limit}&offset={offset}{filter}");
        page.Transactions.ShouldBe(expected.Skip(offset).Take(limit), $"seed {seed}, {filter}");
        page.Total.ShouldBeNull();
    }

    /// <summary>Each row's balance follows from the next, older one.</summary>
    private static void CheckChain(List<Entry> newestFirst)
    {
        for (var i = 0; i < newestFirst.Count; i++)
        {
            var before = i + 1 < newestFirst.Count ? newestFirst[i + 1].BalanceAfter : 0;
            newestFirst[i].BalanceAfter.ShouldBe(before + newestFirst[i].Tokens);
        }
    }

    private static string Query(string name, DateTime? moment) =>
        moment is null ? "" : $"&{name}={moment.Value.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}";
}
