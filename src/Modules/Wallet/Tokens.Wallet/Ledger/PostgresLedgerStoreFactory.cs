using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tokens.Platform.Storage.Postgres;

namespace Tokens.Wallet.Ledger;

internal sealed class PostgresLedgerStoreFactory(
    [FromKeyedServices(WalletModule.ModuleName)] PostgresPool pool, IOptions<LedgerOptions> options, TimeProvider time)
    : ILedgerStoreFactory
{
    // A session of its own with short timeouts: a host that freezes inside a transaction must not hold its locks for long.
    public ILedgerStore Create()
    {
        var o = options.Value;
        var settings = $"-c lock_timeout={o.LockTimeoutMs} -c statement_timeout={o.StatementTimeoutMs} "
            + $"-c idle_in_transaction_session_timeout={o.IdleInTransactionTimeoutMs}";
        return new PostgresLedgerStore(pool.CreateSource("wallet.writer", connectionsMax: 2, settings), time);
    }
}
