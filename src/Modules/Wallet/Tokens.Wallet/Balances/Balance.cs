namespace Tokens.Wallet.Balances;

/// <summary>A balance as of an account's version; 0 and 0 for a member without any transfer.</summary>
internal readonly record struct Balance(long Tokens, long Version, bool IsCached)
{
    /// <summary>Name of the cache of balances, in metrics, options and keys.</summary>
    internal const string CacheName = "wallet.balance";
}
