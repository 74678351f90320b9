using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Tokens.Platform.Redis;

namespace Tokens.Platform.RateLimits;

/// <summary>Registers policies and puts their enforcement into the pipeline.</summary>
public static class RateLimitRegistration
{
    /// <summary>Registers a module's policies.</summary>
    /// <exception cref="InvalidOperationException">There is a policy of that name already.</exception>
    public static IServiceCollection AddRateLimitPolicies(this IServiceCollection services, params IEnumerable<RateLimitPolicy> policies)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(policies);
        foreach (var policy in policies)
        {
            if (services.Any(service => service.ImplementationInstance is RateLimitPolicy other && other.Name == policy.Name))
            {
                throw new InvalidOperationException($"Two rate-limit policies are named {policy.Name}.");
            }

            services.AddSingleton(policy);
        }

        return services;
    }

    /// <summary>Registers what counts and enforces; the host calls it once.</summary>
    /// <param name="services">The host's.</param>
    /// <param name="isOn">Whether limits and locks apply.</param>
    public static IServiceCollection AddRateLimits(this IServiceCollection services, bool isOn)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<RateLimitMemoryOptions>()
            .BindConfiguration(RateLimitMemoryOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(new RateLimitSwitch(isOn));
        services.AddSingleton<RateLimitPolicies>();
        services.AddSingleton<PolicyLimiter>();
        services.AddSingleton<MemoryCounter>();
        services.AddSingleton<IRateLimitCounter>(provider =>
        {
            var own = provider.GetRequiredService<MemoryCounter>();
            return provider.GetService<RedisConnection>() is { } redis
                ? new RedisCounter(redis, own, provider.GetRequiredService<ILogger<RedisCounter>>())
                : own;
        });
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<PolicyLimiter, IEnumerable<RateLimitPolicy>>(Describe);
        return services;
    }

    /// <summary>
    /// Enforces the policies that routes name, unless limits are off. After authentication and authorization: whoever is refused
    /// by them uses up nobody's permits.
    /// </summary>
    public static IApplicationBuilder UseRateLimits(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var limiter = app.ApplicationServices.GetRequiredService<PolicyLimiter>();
        return app.ApplicationServices.GetRequiredService<RateLimitSwitch>().IsOn
            ? app.UseWhen(limiter.Covers, limited => limited.UseRateLimiter())
            : app;
    }

    private static void Describe(RateLimiterOptions options, PolicyLimiter limiter, IEnumerable<RateLimitPolicy> policies)
    {
        options.GlobalLimiter = limiter;
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = static (rejected, _) =>
            rejected.Lease is CountedLease { Fields: { } fields } ? new ValueTask(fields.RefuseAsync(rejected.HttpContext)) : ValueTask.CompletedTask;
        foreach (var policy in policies)
        {
            // Routes may name only what is registered here; the global limiter has counted the request.
            options.AddPolicy(policy.Name, static _ => RateLimitPartition.GetNoLimiter(string.Empty));
        }
    }
}
