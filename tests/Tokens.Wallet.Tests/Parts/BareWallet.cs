using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tokens.Platform.Redis;
using Tokens.Platform.Storage;
using Tokens.Platform.Storage.Schemas;
using Tokens.Testing.Products;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Data;
using Tokens.Wallet.Ledger;
using Tokens.Wallet.Verification;

namespace Tokens.Wallet.Tests.Parts;

/// <summary>The module's own services on a storage, without any listener; its workers run once they are started.</summary>
internal sealed class BareWallet : IAsyncDisposable
{
    private readonly IHost _host;
    private bool _started;

    private BareWallet(IHost host) => _host = host;

    internal IServiceProvider Services => _host.Services;

    internal IModuleDb<WalletDb> Db => Get<IModuleDb<WalletDb>>();

    internal IWalletLedger Ledger => Get<IWalletLedger>();

    internal PostingQueue Queue => Get<PostingQueue>();

    internal LedgerAudit Audit => Get<LedgerAudit>();

    internal static async Task<BareWallet> OpenAsync(
        Storage storage,
        TimeProvider? time = null,
        IReadOnlyDictionary<string, string?>? settings = null,
        IEnumerable<IPostingSubscriber>? subscribers = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Development" });
        builder.Configuration.AddInMemoryCollection(storage.Settings);
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        foreach (var subscriber in subscribers ?? [])
        {
            builder.Services.AddSingleton(subscriber);
        }

        builder.AddRedis();
        new WalletModule().AddServices(builder);
        var wallet = new BareWallet(builder.Build());
        await wallet.Get<SchemaMigrator>().MigrateAsync(CancellationToken.None);
        return wallet;
    }

    internal T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    internal ILedgerStore NewStore() => Get<ILedgerStoreFactory>().Create();

    internal async Task StartAsync()
    {
        await _host.StartAsync();
        _started = true;
    }

    /// <summary>The commits that somebody who wants to know of them doesn't yet.</summary>
    internal Task<List<Guid>> UnrelayedAsync() => Db.ReadAsync(
        (db, token) => db.Outbox.Select(row => row.BatchId).Union(db.Deliveries.Select(row => row.BatchId)).ToListAsync(token),
        CancellationToken.None);

    /// <summary>Drains the queue and ends the workers.</summary>
    internal async Task StopAsync()
    {
        if (_started)
        {
            _started = false;
            await _host.StopAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
