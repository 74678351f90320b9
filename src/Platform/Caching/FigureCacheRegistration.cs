using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tokens.Platform.Caching.Shared;
using Tokens.Platform.Redis;
using Tokens.Platform.Storage;

namespace Tokens.Platform.Caching;

/// <summary>Gives a module a cache of figures.</summary>
public static class FigureCacheRegistration
{
    /// <summary>
    /// Registers <see cref="IFigureCache"/> under the cache's name as key: in Redis where <c>REDIS_URL</c> is set; else in memory on
    /// SQLite, which one process has for itself; else none.
    /// </summary>
    /// <param name="builder">The host's builder.</param>
    /// <param name="name">Name in metrics and in keys.</param>
    /// <param name="section">Where its options are.</param>
    /// <param name="meter">Name of the module's meter.</param>
    public static void AddFigureCache(this IHostApplicationBuilder builder, string name, string section, string meter)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<FigureCacheOptions>(name).BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddKeyedSingleton<IFigureCache>(name, (provider, _) => Create(provider, name, meter));
    }

    private static IFigureCache Create(IServiceProvider provider, string name, string meter)
    {
        var options = provider.GetRequiredService<IOptionsMonitor<FigureCacheOptions>>().Get(name);
        var time = provider.GetRequiredService<TimeProvider>();
        var requests = new CacheRequests(provider.GetRequiredService<IMeterFactory>(), meter, name);
        if (provider.GetService<RedisConnection>() is { } redis)
        {
            var logger = provider.GetRequiredService<ILogger<SharedFigureCache>>();
            return new SharedFigureCache(new RedisFigureSlots(redis, name, options), options, requests, time, logger);
        }

        return provider.GetRequiredService<StorageSettings>().Provider == StorageProvider.Sqlite
            ? new MemoryFigureCache(options, requests, time)
            : new NoFigureCache();
    }
}
