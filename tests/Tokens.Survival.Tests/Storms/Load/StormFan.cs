using Tokens.Testing.Products;
using Tokens.Testing.Running;

namespace Tokens.Survival.Tests.Storms.Load;

/// <summary>
/// A fan who tips without pause, one tip at a time and each under a key of its own; what got no answer that settles it is repeated
/// with the same key until it has one. Half of the tips go to one creator, and some are dearer than the fan can pay.
/// </summary>
internal sealed class StormFan(TestMember member, IReadOnlyList<TestMember> creators, Random random) : IDisposable
{
    internal const long TokensAtStart = 1_000_000;
    private const int OneInSoManyIsTooDear = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly List<StormTip> _tips = [];
    private readonly List<StormCall> _calls = [];
    private int _settled;

    internal TestMember Member => member;

    /// <summary>All tips, each settled; to be read after the end.</summary>
    internal IReadOnlyList<StormTip> Tips => _tips;

    internal int Settled => Volatile.Read(ref _settled);

    internal IReadOnlyList<StormCall> Calls
    {
        get
        {
            lock (_calls)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>Tips until the end is asked for, and settles the tip it is at.</summary>
    internal async Task TipOnAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var tip = Next();
            _tips.Add(tip);
            while (!await TrySettleAsync(tip))
            {
                await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
            }

            Interlocked.Increment(ref _settled);
        }
    }

    /// <summary>Sends a tip, whether or not it was sent before.</summary>
    internal Task<Answer> SendAsync(StormTip tip) => member.TipAsync(creators[tip.Creator].Id, tip.Tokens, tip.Key);

    public void Dispose() => member.Dispose();

    private StormTip Next()
    {
        var creator = random.Next(2) == 0 ? 0 : random.Next(1, creators.Count);
        var tokens = random.Next(OneInSoManyIsTooDear) == 0 ? TokensAtStart + random.Next(1, 100) : random.Next(1, 6);
        return new StormTip($"storm-{_tips.Count}", creator, tokens);
    }

    private async Task<bool> TrySettleAsync(StormTip tip)
    {
        var began = TimeProvider.System.GetTimestamp();
        var interruption = await SettleAsync(tip);
        lock (_calls)
        {
            _calls.Add(new StormCall(began, TimeProvider.System.GetElapsedTime(began), interruption));
        }

        return interruption is null;
    }

    private async Task<Interruption?> SettleAsync(StormTip tip)
    {
        try
        {
            var answer = await SendAsync(tip);
            switch (answer.Status)
            {
                case 200:
                    tip.Tokens.ShouldBeLessThan(TokensAtStart, "a tip that nobody could pay was taken");
                    tip.TransactionId = answer.Json.GetProperty("transactionId").GetGuid();
                    return null;
                case 402:
                    tip.Tokens.ShouldBeGreaterThan(TokensAtStart, answer.Text);
                    return null;
                case >= 500:
                    return Interruption.Of(answer);
                default:
                    throw new InvalidOperationException($"A tip was answered with {answer.Status}: {answer.Text}");
            }
        }
        catch (HttpRequestException broken)
        {
            return Interruption.Of(broken);
        }
    }
}
