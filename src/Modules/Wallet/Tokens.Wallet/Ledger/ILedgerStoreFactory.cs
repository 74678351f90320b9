namespace Tokens.Wallet.Ledger;

/// <summary>Makes a session for each lane of the writer.</summary>
internal interface ILedgerStoreFactory
{
    ILedgerStore Create();
}
