namespace Tokens.Host.Gateway;

/// <summary>A number of bytes that may be in memory at once.</summary>
internal sealed class ByteBudget(long bytesMax)
{
    private long _taken;

    internal long Taken => Interlocked.Read(ref _taken);

    internal bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= bytesMax)
        {
            return true;
        }

        GiveBack(bytes);
        return false;
    }

    internal void GiveBack(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
