namespace Tokens.Host.Gateway;

/// <summary>Places for answers that are sent at their client's pace.</summary>
internal sealed class AnswerPlaces(int max, AddressShares shares)
{
    private int _taken;

    /// <summary>Takes a place; null if all are taken, or the address has its share.</summary>
    internal Place? TryTake(string address)
    {
        if (!shares.TryTake(address, 1))
        {
            return null;
        }

        if (Interlocked.Increment(ref _taken) <= max)
        {
            return new Place(this, address);
        }

        GiveBack(address);
        return null;
    }

    private void GiveBack(string address)
    {
        Interlocked.Decrement(ref _taken);
        shares.GiveBack(address, 1);
    }

    /// <summary>One place, until it is disposed.</summary>
    internal sealed class Place(AnswerPlaces places, string address) : IDisposable
    {
        private ITimer? _deadline;
        private bool _isGivenBack;

        /// <summary>Ends the connection of <paramref name="context"/> if the place isn't given back in time.</summary>
        internal void AbortAfter(TimeSpan timeout, HttpContext context, TimeProvider time)
        {
            if (timeout != Timeout.InfiniteTimeSpan)
            {
                _deadline = time.CreateTimer(_ => AbortIfHeld(context), state: null, timeout, Timeout.InfiniteTimeSpan);
            }
        }

        private void AbortIfHeld(HttpContext context)
        {
            // The connection may serve another request already.
            if (!Volatile.Read(ref _isGivenBack))
            {
                context.Abort();
            }
        }

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _isGivenBack, true))
            {
                _deadline?.Dispose();
                places.GiveBack(address);
            }
        }
    }
}
