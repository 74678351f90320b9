using System.Collections.Concurrent;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Wallet.Tests.Parts;
using Xunit.Abstractions;

namespace Tokens.Wallet.Tests.Balances;

/// <summary>Fans tip and read their balances on two hosts without pause, while their Redis is killed, frozen and emptied.</summary>
public sealed class RedisFaultsTests(ITestOutputHelper output)
{
    private const int Fans = 6;
    private static readonly TimeSpan Soon = Eventually.Deadline;

    private readonly ConcurrentQueue<string> _faults = new();
    private int _rounds;
    private int _cached;

    [Fact]
    public async Task Whatever_becomes_of_Redis_no_request_fails_and_nobody_reads_less_than_they_know()
    {
        await using var hosts = await SharedHosts.StartAsync();
        using var creator = await hosts.MemberAsync(isCreator: true);
        var fans = await Task.WhenAll(Enumerable.Range(0, Fans).Select(async i =>
        {
            var member = await hosts.MemberAsync(tokens: 1_000_000);
            return i % 2 == 0 ? member : await hosts.AtOtherAsync(member);
        }));
        using var end = new CancellationTokenSource();
        var load = Task.WhenAll(fans.Select(fan => TipAndReadAsync(fan, creator.Id, end.Token)));
        await IsHealedAsync("the start");

        await hosts.Redis.StopServerAsync();
        await GoesOnAsync(30);
        await hosts.Redis.StartServerAsync();
        await IsHealedAsync("a restart");

        hosts.Redis.Pause();
        await GoesOnAsync(30);
        hosts.Redis.Resume();
        await IsHealedAsync("a pause");

        for (var i = 0; i < 5; i++)
        {
            await hosts.Redis.FlushAsync();
            await GoesOnAsync(5);
        }

        await IsHealedAsync("flushes");
        await end.CancelAsync();
        await load;

        _faults.ShouldBeEmpty();
        // A host that couldn't write in time knows that alone: for the others the relay writes the balance again.
        await Eventually.BecomesTrueAsync(async () => await creator.BalanceAsync() == _rounds, Soon, $"the creator reads {_rounds}");
        foreach (var fan in fans)
        {
            fan.Dispose();
        }
    }

    private async Task TipAndReadAsync(TestMember fan, Guid creatorId, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var tip = await fan.TipAsync(creatorId, 1);
            if (tip.Status != 200)
            {
                _faults.Enqueue($"tip: {tip.Text}");
                continue;
            }

            Interlocked.Increment(ref _rounds);
            var known = tip.Json.GetProperty("newBalance").GetInt64();
            for (var i = 0; i < 2; i++)
            {
                var read = await fan.GetAsync("/api/tokens/balance");
                if (read.Status != 200)
                {
                    _faults.Enqueue($"read: {read.Text}");
                }
                else if (read.Json.GetProperty("balance").GetInt64() != known)
                {
                    _faults.Enqueue($"{read.Text} where {known} was known");
                }
                else if (read.Json.GetProperty("cached").GetBoolean())
                {
                    Interlocked.Increment(ref _cached);
                }
            }
        }
    }

    private Task GoesOnAsync(int rounds)
    {
        var until = Volatile.Read(ref _rounds) + rounds;
        return Eventually.BecomesTrueAsync(() => Volatile.Read(ref _rounds) >= until, Soon, $"{rounds} more rounds");
    }

    private async Task IsHealedAsync(string what)
    {
        var (began, until) = (TimeProvider.System.GetTimestamp(), Volatile.Read(ref _cached) + (2 * Fans));
        await Eventually.BecomesTrueAsync(() => Volatile.Read(ref _cached) >= until, Soon, $"balances are cached after {what}");
        output.WriteLine($"cached {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s after {what}, round {_rounds}");
    }
}
