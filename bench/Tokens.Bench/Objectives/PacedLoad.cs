using System.Diagnostics;

namespace Tokens.Bench.Objectives;

/// <summary>Sends requests at a steady rate, whatever the answers take; each is timed from the moment at which it was due.</summary>
internal static class PacedLoad
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    /// <summary>The milliseconds that each answer took; the first request that is refused ends it.</summary>
    /// <param name="perSecond">Requests a second.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="sendAsync">Sends the request of that number, and throws when it is refused.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    internal static async Task<IReadOnlyList<double>> RunAsync(int perSecond, int seconds, Func<int, Task> sendAsync, CancellationToken cancellationToken)
    {
        var answers = new Task<double>[perSecond * seconds];
        using var ticks = new PeriodicTimer(Tick, TimeProvider.System);
        var started = Stopwatch.GetTimestamp();
        for (var sent = 0; sent < answers.Length; await ticks.WaitForNextTickAsync(cancellationToken))
        {
            var due = Math.Min(answers.Length, (int)(Stopwatch.GetElapsedTime(started).TotalSeconds * perSecond));
            for (; sent < due; sent++)
            {
                var number = sent;
                answers[sent] = Task.Run(() => TimeAsync(number), cancellationToken);
            }
        }

        return await Task.WhenAll(answers);

        async Task<double> TimeAsync(int number)
        {
            await sendAsync(number);
            return (Stopwatch.GetElapsedTime(started) - TimeSpan.FromSeconds((double)number / perSecond)).TotalMilliseconds;
        }
    }
}
