using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly.Registry;
using Tokens.Platform.Resilience;

namespace Tokens.Platform.Redis;

/// <summary>Registers <see cref="RedisConnection"/> where <c>REDIS_URL</c> is set.</summary>
public static class RedisRegistration
{
    /// <summary>Whether <c>REDIS_URL</c> is set.</summary>
    public static bool IsConfigured(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return !string.IsNullOrWhiteSpace(configuration["REDIS_URL"]);
    }

    /// <summary>
    /// Adds the connection and its health check; without <c>REDIS_URL</c> nothing, so that those who would use Redis ask for an optional
    /// <see cref="RedisConnection"/>. Called once, by the host.
    /// </summary>
    /// <exception cref="FormatException"><c>REDIS_URL</c> can't be read; the message says what is wrong, without the value.</exception>
    public static void AddRedis(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (RedisSettings.From(builder.Configuration) is not { } server)
        {
            return;
        }

        var services = builder.Services;
        services.AddPipeline<RedisPipelineOptions>(RedisConnection.PipelineName, RedisConnection.Faults);
        services.AddSingleton(provider => new RedisConnection(
            server,
            provider.GetRequiredService<IOptions<RedisPipelineOptions>>(),
            provider.GetRequiredService<ResiliencePipelineProvider<string>>(),
            provider.GetRequiredService<ILogger<RedisConnection>>()));
        services.AddHealthChecks().AddCheck<RedisHealth>("redis");
    }
}
