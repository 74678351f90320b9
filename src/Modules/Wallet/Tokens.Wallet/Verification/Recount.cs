namespace Tokens.Wallet.Verification;

/// <summary>One account, added up from its transfers in whatever order they come.</summary>
/// <remarks>
/// With entries 1 to n, amounts t and balances b after them, the sum of b(v) plus the sum of v·t(v) is (n + 1)·b(n). So a wrong
/// amount, balance or version anywhere in a history shows, without sorting it.
/// </remarks>
internal sealed class Recount
{
    private Int128 _balance;
    private Int128 _balancesAfter;
    private Int128 _versionsTimesTokens;
    private Int128 _versions;
    private long _entries;

    internal Int128 Balance => _balance;

    internal void Add(long tokens, long? version, long? balanceAfter)
    {
        _balance += tokens;
        if (version is not { } v)
        {
            return;
        }

        _versionsTimesTokens += (Int128)v * tokens;
        // Only the first leg of an entry carries the balance, so each entry is counted once.
        if (balanceAfter is { } after)
        {
            _balancesAfter += after;
            _versions += v;
            _entries++;
        }
    }

    /// <summary>What is wrong with the account as it is stored; null when nothing is.</summary>
    internal string? FaultOf(long balance, long version, bool isMember)
    {
        if (_balance != balance)
        {
            return "balance";
        }

        if (!isMember)
        {
            return null;
        }

        Int128 n = version;
        if (_entries != version || _versions != n * (n + 1) / 2)
        {
            return "version";
        }

        return _balancesAfter + _versionsTimesTokens == (n + 1) * _balance ? null : "history";
    }
}
