using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tokens.StripeSandbox.Tests.Running;

/// <summary>A started sandbox on a port that the system chose, on data of its own, with a caller that has a key of its own.</summary>
internal sealed class RunningSandbox : IAsyncDisposable
{
    private readonly WebApplication app;

    private RunningSandbox(WebApplication app)
    {
        this.app = app;
        Caller = new StripeCaller(Address);
    }

    internal StripeCaller Caller { get; }

    internal Uri Address => new(app.Urls.Single());

    internal IServiceProvider Services => app.Services;

    internal static SandboxSettings Settings(string directory) => new() { Urls = ["http://127.0.0.1:0"], DataDirectory = directory };

    internal static Task<RunningSandbox> StartAsync(params (string Key, string Value)[] configuration) =>
        StartAsync(Directory.CreateTempSubdirectory("stripe-sandbox-"), clock: null, configuration);

    internal static async Task<RunningSandbox> StartAsync(
        DirectoryInfo directory, TimeProvider? clock = null, params (string Key, string Value)[] configuration)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Configuration.AddInMemoryCollection(configuration.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));
        if (clock is not null)
        {
            builder.Services.AddSingleton(clock);
        }

        var built = SandboxApp.Build(builder, Settings(directory.FullName));
        try
        {
            await built.StartAsync();
            return new RunningSandbox(built);
        }
        catch
        {
            await built.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Caller.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
