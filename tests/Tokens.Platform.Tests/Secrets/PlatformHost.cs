using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Tokens.Platform.Secrets;
using Tokens.Platform.Storage;
using Tokens.Platform.Storage.Schemas;
using Place = Tokens.Testing.Products.Storage;

namespace Tokens.Platform.Tests.Secrets;

/// <summary>A host with the platform's own storage and nothing else; any number may stand on one place.</summary>
internal sealed class PlatformHost : IAsyncDisposable
{
    private readonly IHost _host;

    private PlatformHost(IHost host) => _host = host;

    internal IServiceProvider Services => _host.Services;

    internal IModuleDb<PlatformDb> Db => Services.GetRequiredService<IModuleDb<PlatformDb>>();

    internal IModuleSchema Schema => Services.GetRequiredService<IModuleSchema>();

    internal SchemaMigrator Migrator => Services.GetRequiredService<SchemaMigrator>();

    internal InstallationSecrets Secrets => Services.GetRequiredService<InstallationSecrets>();

    internal HealthCheckService Health => Services.GetRequiredService<HealthCheckService>();

    internal KeySecrets KeySecrets => Services.GetRequiredService<KeySecrets>();

    internal IDataProtector Protector => Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");

    internal static PlatformHost On(Place place, string? keySecret = null) => On(place.Settings, keySecret);

    internal static PlatformHost On(IReadOnlyDictionary<string, string?> settings, string? keySecret = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddPlatformStorage();
        if (keySecret is not null)
        {
            builder.AddStoredKeys("test", keySecret.Length > 0 ? [keySecret] : []);
        }

        return new PlatformHost(builder.Build());
    }

    internal static async Task<PlatformHost> MigratedAsync(Place place, string? keySecret = null)
    {
        var host = On(place, keySecret);
        await host.Migrator.MigrateAsync(CancellationToken.None);
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is IAsyncDisposable host)
        {
            await host.DisposeAsync();
        }
    }
}
