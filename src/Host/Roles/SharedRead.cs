namespace Tokens.Host.Roles;

/// <summary>
/// Runs a costly read once for all callers that wait at the same time. One read runs at a time; callers that come while it runs share the
/// next one, so that a caller never gets a value older than its call.
/// </summary>
/// <param name="read">The read. It is not cancelled when a caller leaves, because others may wait for it.</param>
internal sealed class SharedRead<T>(Func<Task<T>> read)
{
    private readonly Lock _lock = new();
    private Task<T>? _running;
    private Task<T>? _next;

    /// <summary>Returns a value that was read after the call.</summary>
    internal Task<T> ReadAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var shared = _next ?? (_running is { IsCompleted: false } running
                ? _next = ReadAfterAsync(running)
                : _running = Task.Run(read, CancellationToken.None));
            return shared.WaitAsync(cancellationToken);
        }
    }

    private async Task<T> ReadAfterAsync(Task running)
    {
        // Its callers see its failure; the next read is independent of it.
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_lock)
        {
            (_running, _next) = (_next, null);
        }

        return await read();
    }
}
