using Tokens.Platform.Inputs;

namespace Tokens.Host.Gateway;

/// <summary>The memory that one body takes from the budget of its class and from the share of its address, until it is disposed.</summary>
internal sealed class BodyCharge(ByteBudget bodies, AddressShares shares, string address) : IBodyBudget, IDisposable
{
    private long _bytes;

    internal bool IsRefused { get; private set; }

    public bool TryTake(int bytes)
    {
        if (!shares.TryTake(address, bytes))
        {
            IsRefused = true;
            return false;
        }

        if (!bodies.TryTake(bytes))
        {
            shares.GiveBack(address, bytes);
            IsRefused = true;
            return false;
        }

        _bytes += bytes;
        return true;
    }

    public void Dispose()
    {
        if (_bytes > 0)
        {
            bodies.GiveBack(_bytes);
            shares.GiveBack(address, _bytes);
            _bytes = 0;
        }
    }
}
