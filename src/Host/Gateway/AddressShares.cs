using System.Runtime.InteropServices;

namespace Tokens.Host.Gateway;

/// <summary>Limits how much of something one address may hold at once. Only addresses that hold something are remembered.</summary>
internal sealed class AddressShares(long max)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _held = [];

    internal int Addresses
    {
        get
        {
            lock (_gate)
            {
                return _held.Count;
            }
        }
    }

    internal bool TryTake(string address, long amount)
    {
        lock (_gate)
        {
            ref var held = ref CollectionsMarshal.GetValueRefOrAddDefault(_held, address, out var isKnown);
            if (held + amount <= max)
            {
                held += amount;
                return true;
            }

            if (!isKnown)
            {
                _held.Remove(address);
            }

            return false;
        }
    }

    internal void GiveBack(string address, long amount)
    {
        lock (_gate)
        {
            ref var held = ref CollectionsMarshal.GetValueRefOrNullRef(_held, address);
            held -= amount;
            if (held == 0)
            {
                _held.Remove(address);
            }
        }
    }
}
