using System.Threading.Channels;

namespace Tokens.StripeSandbox.Webhooks;

/// <summary>Tells the one who waits that there may be something to do; calls while nobody waits are remembered as one.</summary>
internal sealed class Wake(TimeProvider time)
{
    private readonly Channel<bool> calls =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    internal void Call() => calls.Writer.TryWrite(true);

    /// <summary>Returns at the next call, or at <paramref name="latest"/>.</summary>
    internal async Task WaitAsync(DateTimeOffset latest, CancellationToken cancellationToken)
    {
        var rest = latest - time.GetUtcNow();
        using var timeout = new CancellationTokenSource(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, time);
        if (time.GetUtcNow() >= latest)
        {
            // A clock that was moved before the timer ran would otherwise be slept through.
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await calls.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Nobody called: the time itself is what was waited for.
        }
    }
}
