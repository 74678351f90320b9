using System.Collections.Concurrent;
using Tokens.Testing;
using Tokens.Testing.Products;

namespace Tokens.Survival.Tests.Running;

/// <summary>Members who read their balance and history again and again, each over a connection of its own, and never repeat a call.</summary>
internal sealed class ReadLoad : IAsyncDisposable
{
    private static readonly string[] Paths = ["/api/tokens/balance", "/api/tokens/transactions?limit=1"];
    private static readonly TimeSpan Deadline = Eventually.Deadline;
    private static readonly TimeSpan BetweenReads = TimeSpan.FromMilliseconds(20);

    private readonly TestMember[] _members;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private int _reads;
    private Task _running = Task.CompletedTask;

    private ReadLoad(TestMember[] members) => _members = members;

    /// <summary>Whatever wasn't answered with 200.</summary>
    internal IReadOnlyCollection<string> Failures => _failures;

    internal static async Task<ReadLoad> BeginAsync(Uri gateway, int connections)
    {
        var load = new ReadLoad(await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => TestMember.SignInAsync(gateway))));
        load._running = Task.WhenAll(load._members.Select(load.ReadOnAsync));
        return load;
    }

    /// <summary>Waits until so many more readings are answered.</summary>
    internal async Task GoesOnAsync(int reads)
    {
        var until = Volatile.Read(ref _reads) + reads;
        await Eventually.BecomesTrueAsync(() => Volatile.Read(ref _reads) >= until, Deadline, $"{reads} more readings");
    }

    internal async Task EndAsync()
    {
        await _end.CancelAsync();
        await _running.WaitAsync(Deadline);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        foreach (var member in _members)
        {
            member.Dispose();
        }

        _end.Dispose();
    }

    private async Task ReadOnAsync(TestMember member)
    {
        for (var number = 0; !_end.IsCancellationRequested; number++)
        {
            try
            {
                var answer = await member.GetAsync(Paths[number % Paths.Length]);
                if (answer.Status != 200)
                {
                    _failures.Enqueue(answer.Text);
                }
            }
            catch (HttpRequestException broken)
            {
                _failures.Enqueue(broken.ToString());
            }

            Interlocked.Increment(ref _reads);
            await Task.Delay(BetweenReads, TimeProvider.System);
        }
    }
}
