using Tokens.Testing.Products;

namespace Tokens.Testing.Running;

/// <summary>Storage and addresses for product processes that come back to both, however they ended.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly Storage _storage;
    private readonly List<ProductProcess> _processes = [];

    private Installation(Storage storage)
    {
        _storage = storage;
        Settings = new(storage.Settings)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Logging__LogLevel__Default"] = "Warning",
            ["GATEWAY_URLS"] = Gateway.AbsoluteUri,
            ["API_URLS"] = Api.AbsoluteUri,
            ["SANDBOX_URLS"] = Sandbox.AbsoluteUri,
        };
    }

    /// <summary>What every process here is told by its environment.</summary>
    internal Dictionary<string, string?> Settings { get; }

    internal Uri Gateway { get; } = LoopbackPort.Address();

    internal Uri Api { get; } = LoopbackPort.Address();

    internal Uri Sandbox { get; } = LoopbackPort.Address();

    internal string DataDirectory => _storage.DataDirectory;

    internal static Installation Sqlite() => new(Storage.Sqlite());

    /// <summary>Without migrated files, for tests of the migrations themselves.</summary>
    internal static Installation EmptySqlite() => new(Storage.EmptySqlite());

    internal static async Task<Installation> PostgresAsync() => new(await Storage.PostgresAsync());

    internal static async Task<Installation> PostgresAsync(PostgresServer server) => new(await Storage.PostgresAsync(server));

    /// <summary>Starts a process without waiting for anything.</summary>
    internal ProductProcess Launch(params string[] arguments) => Launch(new Dictionary<string, string?>(), arguments);

    /// <summary>Starts a process that is told some things otherwise.</summary>
    internal ProductProcess Launch(IReadOnlyDictionary<string, string?> otherwise, params string[] arguments)
    {
        var settings = new Dictionary<string, string?>(Settings);
        foreach (var (name, value) in otherwise)
        {
            settings[name] = value;
        }

        if (settings["ASPNETCORE_ENVIRONMENT"] == "Development")
        {
            // All tests come from one address, and limits are the subject of others.
            settings.TryAdd("RATE_LIMITS", "off");
        }

        var process = ProductProcess.Launch(settings, arguments);
        _processes.Add(process);
        return process;
    }

    /// <summary>Starts a process with all roles and waits until its gateway is ready.</summary>
    internal async Task<ProductProcess> StartAsync()
    {
        var process = Launch();
        await process.WaitUntilReadyAsync(Gateway);
        return process;
    }

    /// <summary>Starts two API hosts and a gateway in front of them, and waits until all are ready.</summary>
    internal async Task<TwoHosts> StartTwoHostsAsync()
    {
        var second = LoopbackPort.Address();
        var hosts = new TwoHosts(
            () => Launch("--roles", "api"),
            () => Launch(new Dictionary<string, string?> { ["API_URLS"] = second.AbsoluteUri }, "--roles", "api"),
            Api,
            second);
        await hosts.StartAsync();
        var gateway = Launch(
            new Dictionary<string, string?> { ["GATEWAY_DESTINATIONS"] = $"{Api},{second}" }, "--roles", "gateway");
        await gateway.WaitUntilReadyAsync(Gateway);
        return hosts;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        await _storage.DisposeAsync();
    }
}
