using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Tokens.Platform.RateLimits;

namespace Tokens.Platform.Tests.RateLimits;

/// <summary>The limiter in a pipeline of its own, with time that stands still.</summary>
public sealed class PolicyLimiterTests : IAsyncLifetime, IDisposable
{
    private static readonly RateLimitPolicy Order = new("shop", "order", PermitLimit: 2, WindowSeconds: 60);
    private readonly FakeTimeProvider _clock = new();
    private readonly List<string> _counted = [];
    private readonly MeterListener _listener = new();
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection([new("RateLimits:shop.off:Enabled", "false")]);
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.Services.AddRateLimits(isOn: true).AddRateLimitPolicies(Order, Order with { Policy = "fail" }, new RateLimitPolicy("shop", "off", 1, 60));
        _app = builder.Build();
        _app.UseExceptionHandler(failed => failed.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status409Conflict;
            return Task.CompletedTask;
        }));
        _app.UseRouting();
        _app.UseRateLimits();
        _app.MapGet("/order", () => "ordered").RequireRateLimiting(Order.Name);
        _app.MapGet("/again", () => "ordered again").RequireRateLimiting(Order.Name);
        _app.MapGet("/fail", string () => throw new InvalidOperationException("for the test")).RequireRateLimiting("shop.fail");
        _app.MapGet("/off", () => "free").RequireRateLimiting("shop.off");
        _app.MapGet("/free", () => "free");
        await _app.StartAsync();
        _client = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };

        // By the factory, so that other tests' meters of the same name are not heard.
        var meters = _app.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "aspnetcore.rate_limiting.requests" && instrument.Meter.Scope == meters)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            lock (_counted)
            {
                _counted.Add($"{count} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key.Split('.')[^1]}={tag.Value}").Order())}");
            }
        });
        _listener.Start();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _client.Dispose();
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Routes_of_one_policy_share_its_count_until_it_is_used_up()
    {
        using var first = await _client.GetAsync("/order");
        _clock.Advance(TimeSpan.FromSeconds(12.3));
        using var second = await _client.GetAsync("/again");
        using var refused = await _client.GetAsync("/order");
        _clock.Advance(TimeSpan.FromSeconds(47.7));
        using var freed = await _client.GetAsync("/order");

        Fields(first).ShouldBe("\"shop.order\";q=2;w=60 | \"shop.order\";r=1;t=60");
        Fields(second).ShouldBe("\"shop.order\";q=2;w=60 | \"shop.order\";r=0;t=48");
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        Fields(refused).ShouldBe("\"shop.order\";q=2;w=60 | \"shop.order\";r=0;t=48");
        refused.Headers.RetryAfter?.Delta.ShouldBe(TimeSpan.FromSeconds(48));
        freed.StatusCode.ShouldBe(HttpStatusCode.OK);
        _counted.ShouldBe(
        [
            "1 policy=shop.order result=acquired",
            "1 policy=shop.order result=acquired",
            "1 policy=shop.order result=global_limiter",
            "1 policy=shop.order result=acquired",
        ]);
    }

    [Fact]
    public async Task An_answer_that_an_exception_made_says_what_is_left_too()
    {
        using var failed = await _client.GetAsync("/fail");

        failed.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        Fields(failed).ShouldBe("\"shop.fail\";q=2;w=60 | \"shop.fail\";r=1;t=60");
    }

    [Theory]
    [InlineData("/free")]
    [InlineData("/off")]
    public async Task A_route_that_nothing_limits_says_nothing(string path)
    {
        for (var i = 0; i < 5; i++)
        {
            using var answer = await _client.GetAsync(path);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Headers.Contains("RateLimit").ShouldBeFalse();
        }

        _counted.ShouldBeEmpty();
    }

    private static string Fields(HttpResponseMessage answer) =>
        string.Join(" | ", answer.Headers.GetValues("RateLimit-Policy").Concat(answer.Headers.GetValues("RateLimit")));
}
