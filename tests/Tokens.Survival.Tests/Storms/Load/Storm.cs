using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Testing.Running;

namespace Tokens.Survival.Tests.Storms.Load;

/// <summary>Fans who tip through one or several doors while a test breaks things, and what must be true afterwards.</summary>
internal sealed class Storm : IAsyncDisposable
{
    private const int Creators = 9;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    private readonly List<StormFan> _fans = [];
    private readonly TestMember _admin;
    private readonly TestMember[] _creators;
    private readonly CancellationTokenSource _end = new();
    private Task _running = Task.CompletedTask;

    private Storm(TestMember admin, TestMember[] creators) => (_admin, _creators) = (admin, creators);

    internal IEnumerable<Interruption> Interruptions => Calls.Select(call => call.Interruption).OfType<Interruption>();

    internal IEnumerable<StormCall> Calls => _fans.SelectMany(fan => fan.Calls);

    /// <summary>Makes members at the first door and lets them tip, so many at each.</summary>
    internal static async Task<Storm> BeginAsync(int seed, int fansEach, params Uri[] doors)
    {
        var creators = new List<TestMember>();
        for (var creator = 0; creator < Creators; creator++)
        {
            creators.Add(await Members.CreatorAsync(doors[0]));
        }

        var storm = new Storm(await Members.AdminAsync(doors[0]), [.. creators]);
        foreach (var door in doors)
        {
            for (var fan = 0; fan < fansEach; fan++)
            {
                var member = await Members.WithTokensAsync(door, storm._admin, StormFan.TokensAtStart);
                storm._fans.Add(new StormFan(member, storm._creators, new Random(Mix(seed, storm._fans.Count))));
            }
        }

        storm._running = Task.WhenAll(storm._fans.Select(fan => fan.TipOnAsync(storm._end.Token)));
        return storm;
    }

    /// <summary>The fans who go through that door, in the order in which the doors were named.</summary>
    internal IReadOnlyList<StormFan> At(int door, int fansEach) => [.. _fans.Skip(door * fansEach).Take(fansEach)];

    /// <summary>Waits until so many more tips are settled.</summary>
    internal Task GoesOnAsync(int tips) => GoesOnAsync(tips, _fans);

    /// <summary>Waits until those fans have settled so many more tips.</summary>
    internal async Task GoesOnAsync(int tips, IReadOnlyList<StormFan> fans)
    {
        var until = fans.Sum(fan => fan.Settled) + tips;
        await WaitAsync(() => fans.Sum(fan => fan.Settled) >= until, $"{tips} more tips are settled");
    }

    /// <summary>Waits until so many more calls ended without an answer that settles them.</summary>
    internal async Task IsInterruptedAsync(int calls)
    {
        var until = Interruptions.Count() + calls;
        await WaitAsync(() => Interruptions.Count() >= until, $"{calls} more calls are interrupted");
    }

    /// <summary>Every call that was not settled was told so, and when to come again; none hung.</summary>
    internal void EveryInterruptionShouldBeAClearRefusal()
    {
        Interruptions.ShouldAllBe(interruption =>
            interruption.Status == 503 && interruption.RetryAfter >= TimeSpan.FromSeconds(1) && interruption.Why.Contains("\"code\":"));
        Calls.Max(call => call.Took).ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    /// <summary>
    /// Ends the load and holds the ledger to what the fans were told: every tip that was acknowledged is there once, under its key,
    /// nothing else is, and no token came or went.
    /// </summary>
    internal async Task EndAndVerifyAsync()
    {
        await _end.CancelAsync();
        await _running.WaitAsync(Deadline, TimeProvider.System);
        _fans.SelectMany(fan => fan.Tips).ShouldContain(tip => tip.TransactionId != null);
        _fans.SelectMany(fan => fan.Tips).ShouldContain(tip => tip.TransactionId == null, "some tips were too dear");

        await Members.LedgerShouldBeCleanAsync(_admin);
        await Task.WhenAll(_fans.Select(KeysShouldLeadToTheirTipsAsync));
        await Task.WhenAll(_fans.Select(HistoryShouldBeWhatWasToldAsync));
        for (var creator = 0; creator < Creators; creator++)
        {
            var earned = _fans.SelectMany(fan => fan.Tips).Where(tip => tip.TransactionId is not null && tip.Creator == creator).ToList();
            (await _creators[creator].BalanceAsync()).ShouldBe(earned.Sum(tip => tip.Tokens));
            (await History.ReadAsync(_creators[creator])).Select(entry => entry.Id).Order()
                .ShouldBe(earned.Select(tip => tip.TransactionId!.Value).Order());
        }

        var balances = await Task.WhenAll(_fans.Select(fan => fan.Member).Concat(_creators).Select(member => member.BalanceAsync()));
        balances.Sum().ShouldBe(_fans.Count * StormFan.TokensAtStart, "the tokens that were there at the start");
        await Members.LedgerShouldBeCleanAsync(_admin);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        foreach (var fan in _fans)
        {
            fan.Dispose();
        }

        foreach (var creator in _creators)
        {
            creator.Dispose();
        }

        _admin.Dispose();
        _end.Dispose();
    }

    // Not System.HashCode, which is salted anew in each process: a seed must mean the same in all.
    private static int Mix(int seed, int fan) => unchecked((seed * 397) ^ fan);

    private async Task WaitAsync(Func<bool> condition, string what)
    {
        await Eventually.BecomesTrueAsync(() => _running.IsCompleted || condition(), Deadline, what);
        if (_running.IsCompleted)
        {
            await _running;
            throw new InvalidOperationException("The load ended before its end.");
        }
    }

    // A key that is repeated shows its tip; were the tip lost, the repeat would make another, with another id.
    private static async Task KeysShouldLeadToTheirTipsAsync(StormFan fan)
    {
        foreach (var tip in fan.Tips)
        {
            var again = await fan.SendAsync(tip);
            if (tip.TransactionId is null)
            {
                again.Status.ShouldBe(402, again.Text);
                continue;
            }

            again.Status.ShouldBe(200, again.Text);
            again.IsReplay.ShouldBeTrue(tip.Key);
            again.Json.GetProperty("transactionId").GetGuid().ShouldBe(tip.TransactionId.Value);
        }
    }

    private static async Task HistoryShouldBeWhatWasToldAsync(StormFan fan)
    {
        var told = fan.Tips.Where(tip => tip.TransactionId is not null).ToList();
        var history = await History.ReadAsync(fan.Member);
        var tips = history.Where(entry => entry.Type == "tip").ToList();
        (history.Count - tips.Count).ShouldBe(1, "the tokens given at the start");
        tips.Select(entry => (entry.Id, entry.Tokens)).Order().ShouldBe(told.Select(tip => (tip.TransactionId!.Value, -tip.Tokens)).Order());
        (await fan.Member.BalanceAsync()).ShouldBe(StormFan.TokensAtStart - told.Sum(tip => tip.Tokens));
    }
}
