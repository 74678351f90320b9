namespace Tokens.Wallet.Ledger;

/// <summary>Is told of every commit, right after it and before its callers are answered. Must be quick and must not throw.</summary>
internal interface ICommitListener
{
    void Committed(BatchResult batch);
}
