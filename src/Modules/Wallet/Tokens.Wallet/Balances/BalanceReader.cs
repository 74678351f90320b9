using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tokens.Platform.Caching;
using Tokens.Platform.Storage;
using Tokens.Wallet.Data;

namespace Tokens.Wallet.Balances;

/// <summary>Reads a member's balance for showing it; a spend never asks here, the ledger decides under its own lock.</summary>
internal sealed class BalanceReader
{
    private readonly IModuleDb<WalletDb> _db;
    private readonly IFigureCache _cache;
    private readonly Func<Guid, CancellationToken, Task<Figure>> _load;

    // Of this host, not static: a compiled query belongs to one provider's model.
    private readonly Func<WalletDb, Guid, CancellationToken, Task<Stored?>> _query = EF.CompileAsyncQuery(
        (WalletDb wallet, Guid memberId, CancellationToken token) => wallet.Accounts
            .Where(account => account.Id == memberId)
            .Select(account => new Stored(account.Version, account.BalanceTokens))
            .SingleOrDefault());

    public BalanceReader(IModuleDb<WalletDb> db, [FromKeyedServices(Balance.CacheName)] IFigureCache cache)
    {
        (_db, _cache) = (db, cache);
        _load = LoadAsync;
    }

    internal async ValueTask<Balance> ReadAsync(Guid memberId, CancellationToken cancellationToken)
    {
        var (figure, isCached) = await _cache.ReadAsync(memberId, _load, cancellationToken);
        return new Balance(figure.Value, figure.Version, isCached);
    }

    private async Task<Figure> LoadAsync(Guid memberId, CancellationToken cancellationToken) =>
        await _db.ReadAsync((wallet, token) => _query(wallet, memberId, token), cancellationToken) is { } stored
            ? new Figure(memberId, stored.Version, stored.BalanceTokens)
            : new Figure(memberId, 0, 0);

    private sealed record Stored(long Version, long BalanceTokens);
}
