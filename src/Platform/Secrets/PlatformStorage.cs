using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tokens.Platform.Storage;

namespace Tokens.Platform.Secrets;

/// <summary>Registers the platform's own storage.</summary>
public static class PlatformStorage
{
    /// <summary>Adds schema <c>platform</c> and <see cref="InstallationSecrets"/>.</summary>
    public static void AddPlatformStorage(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddModuleDb<PlatformDb, PlatformDbSqlite, PlatformDbPostgres>(PlatformDb.SchemaName);
        builder.Services.AddSingleton(provider => new InstallationSecrets(
            provider.GetRequiredService<IModuleDb<PlatformDb>>(), provider.GetRequiredService<TimeProvider>()));
    }
}
