using System.Collections.Concurrent;
using Tokens.StripeSandbox.Storage;

namespace Tokens.StripeSandbox.Webhooks;

/// <summary>
/// Writes down how deliveries went, as many at a time as there are by the time of the write. What a failed write loses is sent again.
/// </summary>
internal sealed class DeliveryBook(SandboxDb db)
{
    private readonly ConcurrentQueue<DeliveryState> unwritten = new();

    internal Task RecordAsync(DeliveryState state)
    {
        unwritten.Enqueue(state);
        return db.WriteAsync(session =>
        {
            var written = 0;
            for (; unwritten.TryDequeue(out var next); written++)
            {
                DeliveryTable.Update(session, next);
            }

            return written;
        });
    }
}
