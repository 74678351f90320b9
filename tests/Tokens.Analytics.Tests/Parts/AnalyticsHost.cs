using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tokens.Analytics.Contracts;
using Tokens.Analytics.Data;
using Tokens.Analytics.Generations;
using Tokens.Analytics.RollUps;
using Tokens.Platform.Storage;
using Tokens.Platform.Storage.Schemas;
using Tokens.Testing.Products;
using Tokens.Wallet;
using Tokens.Wallet.Contracts;

namespace Tokens.Analytics.Tests.Parts;

/// <summary>The module beside a wallet on a storage, without any listener; their workers run once they are started.</summary>
internal sealed class AnalyticsHost : IAsyncDisposable
{
    private readonly IHost _host;
    private bool _started;

    private AnalyticsHost(IHost host) => _host = host;

    internal IModuleDb<AnalyticsDb> Db => Get<IModuleDb<AnalyticsDb>>();

    internal IPostingSubscriber Subscriber => Get<IPostingSubscriber>();

    internal static async Task<AnalyticsHost> OpenAsync(Storage storage, TimeProvider? time = null, params (string Name, string Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Development" });
        builder.Configuration.AddInMemoryCollection(storage.Settings);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Outbox:Pause"] = "00:00:00.020",
            ["Analytics:UpkeepSeconds"] = "1",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(each => new KeyValuePair<string, string?>(each.Name, each.Value)));
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton<IRefillContext, NoRefills>();
        new WalletModule().AddServices(builder);
        new AnalyticsModule().AddServices(builder);
        var host = new AnalyticsHost(builder.Build());
        await host.Get<SchemaMigrator>().MigrateAsync(CancellationToken.None);
        return host;
    }

    internal T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    internal async Task StartAsync()
    {
        await _host.StartAsync();
        _started = true;
    }

    internal async Task BuildAsync()
    {
        await Get<GenerationBook>().EnsureAsync(CancellationToken.None);
        while (await Get<Replay>().StepAsync(CancellationToken.None))
        {
        }
    }

    /// <summary>The roll-ups that are read.</summary>
    internal Task<List<RollUp>> RollUpsAsync() => Db.ReadAsync(
        (db, token) => db.RollUps.AsNoTracking()
            .Where(row => row.Generation == db.Generations.Single(g => g.Status == GenerationStatus.Live).Id)
            .OrderBy(row => row.Quarter).ToListAsync(token),
        CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (_started)
        {
            await _host.StopAsync();
        }

        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    private sealed class NoRefills : IRefillContext
    {
        public IReadOnlyList<long> PackageTokens => [50, 200];

        public Task<RefillSettings> GetSettingsAsync(Guid memberId, CancellationToken cancellationToken) =>
            Task.FromResult(new RefillSettings(false, null, false, 100, false, false, false, null, null, "UTC"));
    }
}
