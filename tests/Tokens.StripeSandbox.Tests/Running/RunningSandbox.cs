using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tokens.Testing;

namespace Tokens.StripeSandbox.Tests.Running;

/// <summary>A started sandbox on a port that the system chose, on data of its own, with a caller that has a key of its own.</summary>
internal sealed class RunningSandbox : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly TemporaryDirectory? own;

    private RunningSandbox(WebApplication app, TemporaryDirectory? own)
    {
        this.app = app;
        this.own = own;
        Caller = new StripeCaller(Address);
    }

    internal StripeCaller Caller { get; }

    internal Uri Address => new(app.Urls.Single());

    internal IServiceProvider Services => app.Services;

    internal static SandboxSettings Settings(string directory) => new() { Urls = ["http://127.0.0.1:0"], DataDirectory = directory };

    internal static Task<RunningSandbox> StartAsync(params (string Key, string Value)[] configuration) =>
        StartAsync(directory: null, configuration: configuration);

    /// <summary>
    /// On data that may be there already, or, without a <paramref name="directory"/>, on new data that ends with the sandbox;
    /// <paramref name="prepare"/> comes before anything is registered.
    /// </summary>
    internal static async Task<RunningSandbox> StartAsync(
        TemporaryDirectory? directory,
        TimeProvider? clock = null,
        Action<WebApplicationBuilder>? prepare = null,
        Func<SandboxSettings, SandboxSettings>? settings = null,
        params (string Key, string Value)[] configuration)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Configuration.AddInMemoryCollection(configuration.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));
        if (clock is not null)
        {
            builder.Services.AddSingleton(clock);
        }

        prepare?.Invoke(builder);
        var made = directory is null ? new TemporaryDirectory() : null;
        var given = Settings((directory ?? made)!.Path);
        var built = SandboxApp.Build(builder, settings is null ? given : settings(given));
        try
        {
            await built.StartAsync();
            return new RunningSandbox(built, made);
        }
        catch
        {
            await built.DisposeAsync();
            made?.Dispose();
            throw;
        }
    }

    /// <summary>Waits until no event of the latest hundred has to be told any more.</summary>
    internal Task StruckOffAsync() => Eventually.BecomesTrueAsync(
        async () => (await Caller.GetAsync("/v1/events?limit=100"))["data"].EnumerateArray()
            .All(occurred => occurred.GetProperty("pending_webhooks").GetInt32() == 0),
        TimeSpan.FromSeconds(30),
        "No webhook is pending.");

    internal Task StopAsync() => app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Caller.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        own?.Dispose();
    }
}
