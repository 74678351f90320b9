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
    /// What keys are encrypted under, each at least 32 characters; empty uses one that the installation makes for itself, which
    /// <see cref="KeySecrets.LoadAsync"/> must have fetched before the host starts.
    /// </param>
    public static void AddStoredKeys(this IHostApplicationBuilder builder, string application, IReadOnlyList<string> secrets)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(secrets);
        builder.Services.AddSingleton(provider => new KeySecrets(secrets, provider.GetRequiredService<InstallationSecrets>()));
        builder.Services.AddDataProtection().SetApplicationName(application);
        builder.Services.AddOptions<KeyManagementOptions>().Configure<IModuleDb<PlatformDb>, KeySecrets, TimeProvider>(
            (options, db, keys, time) => (options.XmlRepository, options.XmlEncryptor) = (new KeyStore(db, time), new KeyEncryptor(keys)));
    }
}
