using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tokens.Host.Gateway;
using Tokens.Host.Roles;

namespace Tokens.Gateway.Tests.Parts;

/// <summary>The gateway on a port of its own, with a client that follows and keeps nothing.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningGateway(WebApplication app, DrainSignal drain)
    {
        _app = app;
        Drain = drain;
        Address = new Uri(app.Urls.Single());
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = Address,
            Timeout = TimeSpan.FromSeconds(30),
        };
    }

    internal DrainSignal Drain { get; }

    internal Uri Address { get; }

    internal HttpClient Client { get; }

    internal static Task<RunningGateway> StartAsync(string api, params (string Key, string Value)[] configuration) =>
        StartAsync([api], configuration);

    internal static Task<RunningGateway> StartAsync(string[] api, params (string Key, string Value)[] configuration) =>
        StartAsync(api, _ => { }, configuration);

    /// <summary>Starts a gateway in which <paramref name="replace"/> has put a part of its own.</summary>
    internal static async Task<RunningGateway> StartAsync(
        string[] api, Action<IServiceCollection> replace, params (string Key, string Value)[] configuration)
    {
        var drain = new DrainSignal();
        var app = Build(api, drain, replace, configuration);
        await app.StartAsync();
        return new RunningGateway(app, drain);
    }

    /// <summary>Builds without starting; <paramref name="configuration"/> is what the environment would say.</summary>
    internal static WebApplication Build(string[] api, params (string Key, string Value)[] configuration) =>
        Build(api, new DrainSignal(), _ => { }, configuration);

    private static WebApplication Build(
        string[] api, DrainSignal drain, Action<IServiceCollection> replace, (string Key, string Value)[] configuration)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(
        [
            new("GATEWAY_URLS", "http://127.0.0.1:0"),
            new("ROLES", "gateway"),
        ]);
        builder.Configuration.AddInMemoryCollection(configuration.Select(entry => new KeyValuePair<string, string?>(entry.Key, entry.Value)));
        replace(builder.Services);
        return GatewayApp.Build(builder, HostSettings.From(builder.Configuration, builder.Configuration["ASPNETCORE_ENVIRONMENT"] ?? "Production"), drain, api);
    }

    internal Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, params (string, string)[] headers)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Asks until readiness names <paramref name="state"/> for the destination; the gateway has no event for it.</summary>
    internal async Task DestinationIsAsync(string destination, string state)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            using var response = await Client.GetAsync("/health/ready", deadline.Token);
            using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(deadline.Token));
            if (body.RootElement.GetProperty("dependencies").GetProperty(destination).GetString() == state)
            {
                return;
            }

            await Task.Delay(20, deadline.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}

internal static class ProblemAssertions
{
    internal static async Task<JsonElement> ShouldBeProblemAsync(this HttpResponseMessage response, HttpStatusCode status, string code)
    {
        response.StatusCode.ShouldBe(status);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var problem = document.RootElement.Clone();
        problem.GetProperty("code").GetString().ShouldBe(code);
        problem.GetProperty("status").GetInt32().ShouldBe((int)status);
        problem.GetProperty("success").GetBoolean().ShouldBeFalse();
        problem.GetProperty("error").GetString().ShouldBe(problem.GetProperty("title").GetString());
        problem.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        return problem;
    }
}
