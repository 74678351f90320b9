using System.Threading.Channels;

namespace Tokens.StripeSandbox.Webhooks;

/// <summary>Tells the one who waits that there may be something to do; calls while nobody waits are remembered as one.</summary>
internal sealed class Wake(TimeProvider time)
{
    private readonly Channel<bool> calls =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    internal void Call() => calls.Writer.TryWrite(true);

    /// <summary>Returns at the next call, or after <paramref name="longest"/>.</summary>
    internal async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(longest, time);
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
