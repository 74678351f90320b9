using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tokens.Platform.Storage;

namespace Tokens.Platform.Secrets;

/// <summary>Registers Data Protection with keys that all hosts on one database share.</summary>
public static class StoredKeys
{
    /// <summary>Keeps the keys in schema <c>platform</c>, encrypted under the first of <paramref name="secrets"/>.</summary>
    /// <param name="builder">The host's builder, with the platform's storage.</param>
    /// <param name="application">Part of every key's purpose: under another name all that is protected is unreadable.</param>
    /// <param name="secrets">
    /// What keys are encrypted under, each at least 32 characters; empty uses one that the installation makes for itself.
    /// </param>
    public static void AddStoredKeys(this IHostApplicationBuilder builder, string application, IReadOnlyList<string> secrets)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(secrets);
        var services = builder.Services;
        services.AddSingleton(provider => new KeySecrets(secrets, provider.GetRequiredService<InstallationSecrets>()));
        services.AddSingleton<FirstKey>();
        services.AddScoped<PlatformDb>(provider => provider.GetRequiredService<StorageSettings>().Provider == StorageProvider.Sqlite
            ? provider.GetRequiredService<PlatformDbSqlite>()
            : provider.GetRequiredService<PlatformDbPostgres>());
        services.AddDataProtection().SetApplicationName(application).PersistKeysToDbContext<PlatformDb>();
        services.AddOptions<KeyManagementOptions>().Configure<KeySecrets>((options, keys) => options.XmlEncryptor = new KeyEncryptor(keys));
    }

    /// <summary>Loads what the keys are encrypted under and makes the first key where there is none; once, before the host starts.</summary>
    public static async Task PrepareStoredKeysAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(services);
        await services.GetRequiredService<KeySecrets>().LoadAsync(cancellationToken);
        await services.GetRequiredService<FirstKey>().EnsureAsync(cancellationToken);
    }
}
