using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tokens.Platform.Sessions;
using Tokens.Platform.Storage;

namespace Tokens.Platform.Secrets;

/// <summary>Registers the platform's own storage.</summary>
public static class PlatformStorage
{
    /// <summary>Adds schema <c>platform</c>, <see cref="InstallationSecrets"/> and <see cref="SessionRevocations"/>.</summary>
    public static void AddPlatformStorage(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddModuleDb<PlatformDb, PlatformDbSqlite, PlatformDbPostgres>(PlatformDb.SchemaName);
        builder.Services.AddSingleton(provider => new InstallationSecrets(
            provider.GetRequiredService<IModuleDb<PlatformDb>>(), provider.GetRequiredService<TimeProvider>()));
        builder.Services.AddOptions<SessionOptions>().BindConfiguration("Sessions").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(provider => new SessionRevocations(
            provider.GetRequiredService<IModuleDb<PlatformDb>>(),
            provider.GetRequiredService<IOptions<SessionOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SessionRevocations>>()));
    }
}
