using System.Collections.Concurrent;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Testing.Running;

namespace Tokens.Survival.Tests.Running;

/// <summary>
/// Fans who tip one creator again and again, each over a connection of its own and every tip under a key of its own; what got no
/// answer is repeated with the same key until it has one.
/// </summary>
internal sealed class TipLoad : IAsyncDisposable
{
    private const long TokensEach = 1_000_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // Enough of them are under way at any time, and the hosts that start meanwhile find a processor.
    private static readonly TimeSpan BetweenTips = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Deadline = Eventually.Deadline;

    // A tip is answered though its balances aren't in Redis after 50 ms; where its host can't bring them there, the relay does.
    private static readonly TimeSpan ShownWithin = TimeSpan.FromSeconds(10);

    private readonly TestMember _creator;
    private readonly TestMember[] _fans;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<Tip> _tips = new();
    private readonly ConcurrentQueue<Interruption> _interruptions = new();
    private Task _running = Task.CompletedTask;

    private TipLoad(TestMember creator, TestMember[] fans)
    {
        _creator = creator;
        _fans = fans;
    }

    internal IReadOnlyCollection<Tip> Acknowledged => _tips;

    /// <summary>Why calls got no answer that settles them.</summary>
    internal IReadOnlyCollection<Interruption> Interruptions => _interruptions;

    internal static async Task<TipLoad> BeginAsync(Uri gateway, TestMember admin, int connections)
    {
        var creator = await Members.CreatorAsync(gateway);
        var fans = await Task.WhenAll(
            Enumerable.Range(0, connections).Select(_ => Members.WithTokensAsync(gateway, admin, TokensEach)));
        var load = new TipLoad(creator, fans);
        load._running = Task.WhenAll(Enumerable.Range(0, connections).Select(load.TipOnAsync));
        return load;
    }

    /// <summary>Waits until so many more tips are acknowledged.</summary>
    internal async Task GoesOnAsync(int tips)
    {
        var until = _tips.Count + tips;
        await Eventually.BecomesTrueAsync(() => _running.IsCompleted || _tips.Count >= until, Deadline, $"{tips} more tips");
        if (_running.IsCompleted)
        {
            await _running;
        }
    }

    /// <summary>Lets each fan finish the tip it is at.</summary>
    internal async Task EndAsync()
    {
        await _end.CancelAsync();
        await _running.WaitAsync(Deadline);
    }

    /// <summary>Every tip that was acknowledged is in the ledger once, and nothing else is.</summary>
    internal async Task LedgerShouldAgreeAsync()
    {
        var tips = _tips.ToList();
        tips.Select(tip => tip.TransactionId).Distinct().Count().ShouldBe(tips.Count);
        (await EntriesOfAsync(_creator)).ShouldBe(tips.Count);
        await ShowsAsync(_creator, tips.Count);

        for (var fan = 0; fan < _fans.Length; fan++)
        {
            var own = tips.Where(tip => tip.Fan == fan).ToList();
            (await EntriesOfAsync(_fans[fan])).ShouldBe(own.Count + 1, "the tips, and the tokens given at the start");
            await ShowsAsync(_fans[fan], TokensEach - own.Count);
            foreach (var tip in own.TakeLast(1).Concat(own.Where(each => each.WasInterrupted).TakeLast(3)))
            {
                var again = await _fans[fan].TipAsync(_creator.Id, 1, tip.Key);
                again.Status.ShouldBe(200, again.Text);
                again.IsReplay.ShouldBeTrue();
                again.Json.GetProperty("transactionId").GetGuid().ShouldBe(tip.TransactionId);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        foreach (var fan in _fans)
        {
            fan.Dispose();
        }

        _creator.Dispose();
        _end.Dispose();
    }

    private static Task ShowsAsync(TestMember member, long tokens) => Eventually.BecomesTrueAsync(
        async () => await member.BalanceAsync() == tokens, ShownWithin, $"a balance of {tokens} tokens is shown");

    private static async Task<long> EntriesOfAsync(TestMember member) =>
        (await member.GetAsync("/api/tokens/transactions?limit=1")).Json.GetProperty("total").GetInt64();

    private async Task TipOnAsync(int fan)
    {
        for (var number = 0; !_end.IsCancellationRequested; number++)
        {
            var key = $"{fan}-{number}";
            var interrupted = false;
            while (await TryTipAsync(fan, key, interrupted) is { } interruption)
            {
                interrupted = true;
                _interruptions.Enqueue(interruption);
                await Task.Delay(Pause, TimeProvider.System);
            }

            await Task.Delay(BetweenTips, TimeProvider.System);
        }
    }

    // Returns why the outcome is open; null once it is settled.
    private async Task<Interruption?> TryTipAsync(int fan, string key, bool interrupted)
    {
        try
        {
            var answer = await _fans[fan].TipAsync(_creator.Id, 1, key);
            if (answer.Status >= 500)
            {
                return Interruption.Of(answer);
            }

            answer.Status.ShouldBe(200, answer.Text);
            _tips.Enqueue(new Tip(fan, key, answer.Json.GetProperty("transactionId").GetGuid(), interrupted, answer.IsReplay));
            return null;
        }
        catch (HttpRequestException broken)
        {
            return Interruption.Of(broken);
        }
    }
}
