using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tokens.Bench.Settings;
using Tokens.Platform.Redis;
using Tokens.Platform.Storage.Schemas;
using Tokens.Wallet;

namespace Tokens.Bench.Postings;

/// <summary>The wallet's own services in this process, on a database of their own and without a listener.</summary>
internal static class BareLedger
{
    private const string Database = "bare_ledger";

    internal static async Task<IHost> StartAsync(Servers servers, CancellationToken cancellationToken)
    {
        await servers.CreateDatabaseAsync(Database, cancellationToken);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["DATABASE_URL"] = servers.ConnectionString(Database),
            ["REDIS_URL"] = servers.RedisUrl,
            ["DATA_DIR"] = servers.WorkDirectory,
        });
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddRedis();
        new WalletModule().AddServices(builder);
        var host = builder.Build();
        await host.Services.GetRequiredService<SchemaMigrator>().MigrateAsync(cancellationToken);
        await host.StartAsync(cancellationToken);
        return host;
    }
}
