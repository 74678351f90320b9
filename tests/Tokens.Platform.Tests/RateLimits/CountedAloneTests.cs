using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Tokens.Platform.RateLimits;

namespace Tokens.Platform.Tests.RateLimits;

public sealed class CountedAloneTests
{
    private static readonly RateLimitPolicy Order = new("shop", "order", PermitLimit: 2, WindowSeconds: 60);

    [Theory]
    [InlineData(true, true, 1)]
    [InlineData(true, false, 0)]
    [InlineData(false, true, 0)]
    public async Task What_a_host_allows_without_the_others_is_counted(bool isAllowed, bool isAlone, long expected)
    {
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var policies = new RateLimitPolicies([Order], new ConfigurationBuilder().Build(), NullLogger<RateLimitPolicies>.Instance);
        await using var limiter = new PolicyLimiter(policies, new Counter(new RateLimitCount(isAllowed, 0, TimeSpan.Zero, isAlone)), meters);
        var context = new DefaultHttpContext();
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(new EnableRateLimitingAttribute(Order.Name)), "order"));

        using var lease = await limiter.AcquireAsync(context);

        lease.IsAcquired.ShouldBe(isAllowed);
        Read(meters).ShouldBe(expected);
    }

    private static long Read(IMeterFactory meters)
    {
        var counted = 0L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, enabled) =>
        {
            if (instrument.Name == "tokens.rate_limits.counted_alone" && instrument.Meter.Scope == meters)
            {
                enabled.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => counted = count);
        listener.Start();
        listener.RecordObservableInstruments();
        return counted;
    }

    private sealed class Counter(RateLimitCount count) : IRateLimitCounter
    {
        public ValueTask<RateLimitCount> CountAsync(RateLimit limit, string partition, CancellationToken cancellationToken) => new(count);
    }
}
