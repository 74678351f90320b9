using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tokens.Host.Telemetry;
using Tokens.Testing;
using Tokens.Testing.Running;

namespace Tokens.Host.Tests.Telemetry;

/// <summary>Paths of the pages that the gateway forwards: one may hold a gift card's code.</summary>
public sealed class ForwardedPathTests
{
    private static readonly TimeSpan Soon = Eventually.Deadline;

    [Fact]
    public async Task No_trace_and_no_message_tells_the_path_of_a_forwarded_page()
    {
        const string code = "f81d4fae-7dec-41d0-a765-00a0c91e6bf6";
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var upstream = await UpstreamAsync();
        await using var installation = Installation.Sqlite();
        installation.Settings["ROLES"] = "gateway";
        installation.Settings["FRONTEND_UPSTREAM"] = upstream.Urls.Single();
        installation.Settings["LEGACY_API_URL"] = upstream.Urls.Single();
        installation.Settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Address.AbsoluteUri;
        installation.Settings["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        installation.Settings["OTEL_BSP_SCHEDULE_DELAY"] = "200";
        installation.Settings["OTEL_BLRP_SCHEDULE_DELAY"] = "200";
        installation.Settings["Logging__LogLevel__Default"] = "Debug";
        installation.Settings["Logging__LogLevel__Microsoft.AspNetCore"] = "Debug";
        installation.Settings["Logging__LogLevel__Yarp"] = "Debug";
        installation.Settings["Logging__LogLevel__Yarp.ReverseProxy.Forwarder.HttpForwarder"] = "Debug";
        var process = installation.Launch();
        using var client = new HttpClient { BaseAddress = installation.Gateway };
        await Eventually.BecomesTrueAsync(() => LivesAsync(client), Soon, "the gateway answers");

        foreach (var path in new[] { $"/redeem/{code}?code={code}", $"/api/old/{code}?code={code}" })
        {
            (await client.GetStringAsync(path)).ShouldBe("a page");
        }

        await Eventually.BecomesTrueAsync(
            () => receiver.Spans.Count(span => span.Attributes.GetValueOrDefault("url.full") == upstream.Urls.Single()) == 2, Soon, "both calls are told of");
        await Eventually.BecomesTrueAsync(() => receiver.Spans.Any(span => span.Name == "GET /{**rest}"), Soon, "the request's span arrives");
        await Eventually.BecomesTrueAsync(() => receiver.Spans.Any(span => span.Name == "GET /api/{**rest}"), Soon, "the other's too");
        process.Terminate();
        await process.WaitForExitAsync(Soon);

        receiver.Bodies.ShouldAllBe(body => !body.Contains(code, StringComparison.OrdinalIgnoreCase));
        process.Output.ShouldNotContain(code);
    }

    [Theory]
    [InlineData("Debug")]
    [InlineData("Warning")]
    public void Whatever_level_is_asked_for_a_request_alone_is_no_message(string level)
    {
        using var services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(Enum.Parse<LogLevel>(level)).AddPathFilters().AddJsonConsole())
            .BuildServiceProvider();
        var loggers = services.GetRequiredService<ILoggerFactory>();

        foreach (var category in new[] { "Hosting.Diagnostics", "Routing.EndpointMiddleware", "Routing.Matching.DfaMatcher" })
        {
            loggers.CreateLogger("Microsoft.AspNetCore." + category).IsEnabled(LogLevel.Information).ShouldBeFalse(category);
        }
    }

    [Theory]
    [InlineData("http://front:3000/redeem/code?x=y", "http://front:3000")]
    [InlineData("https://old.example/", "https://old.example")]
    [InlineData("no address", null)]
    public void What_is_left_of_an_address_is_whose_it_is(string url, string? left) => ForwardedPaths.AuthorityOf(url).ShouldBe(left);

    private static async Task<bool> LivesAsync(HttpClient client)
    {
        try
        {
            return (await client.GetAsync("/health/live")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<WebApplication> UpstreamAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context => context.Response.WriteAsync("a page"));
        await app.StartAsync();
        return app;
    }
}
