using Microsoft.Extensions.DependencyInjection;
using Tokens.Platform.Storage.Sqlite;

namespace Tokens.Wallet.Ledger;

internal sealed class SqliteLedgerStoreFactory(
    [FromKeyedServices(WalletModule.ModuleName)] SqliteFile file, TimeProvider time) : ILedgerStoreFactory
{
    public ILedgerStore Create() => new SqliteLedgerStore(file, time);
}
