using System.Text;

namespace Tokens.Payments.Tests.Parts;

/// <summary>Sends events at a steady rate, whatever the answers take; each is timed from the moment at which it was due.</summary>
internal sealed class EventLoad(Uri address) : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    private readonly HttpClient _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = address };

    /// <summary>The milliseconds that each answer took, in ascending order.</summary>
    public async Task<double[]> SendAsync(int count, int perSecond, Func<string> newEvent)
    {
        var events = Enumerable.Range(0, count).Select(_ => Encoding.UTF8.GetBytes(newEvent()))
            .Select(body => (Body: body, Header: Webhook.Sign(body)))
            .ToArray();
        var answers = new Task<double>[count];
        using var ticks = new PeriodicTimer(Tick, TimeProvider.System);
        var started = TimeProvider.System.GetTimestamp();
        for (var sent = 0; sent < count; await ticks.WaitForNextTickAsync())
        {
            var due = Math.Min(count, (int)(TimeProvider.System.GetElapsedTime(started).TotalSeconds * perSecond));
            for (; sent < due; sent++)
            {
                var (body, header) = events[sent];
                var dueAt = TimeSpan.FromSeconds((double)sent / perSecond);
                answers[sent] = Task.Run(async () =>
                {
                    var answer = await Webhook.SendAsync(_client, body, header);
                    return answer.Status == 200
                        ? (TimeProvider.System.GetElapsedTime(started) - dueAt).TotalMilliseconds
                        : throw new InvalidOperationException($"{answer.Status}: {answer.Text}");
                });
            }
        }

        var milliseconds = await Task.WhenAll(answers);
        Array.Sort(milliseconds);
        return milliseconds;
    }

    public void Dispose() => _client.Dispose();
}
