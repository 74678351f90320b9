using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Tokens.Host.Api;
using Tokens.Host.Gateway;
using Tokens.Host.Ops;
using Tokens.Host.Telemetry;
using Tokens.Platform.Secrets;
using Tokens.Platform.Storage;
using Tokens.Platform.Storage.Postgres;
using Tokens.Platform.Storage.Schemas;
using Tokens.StripeSandbox;

namespace Tokens.Host.Roles;

/// <summary>The roles of one process, each an application of its own, started and stopped in the order in which they need each other.</summary>
internal sealed class Product : IAsyncDisposable
{
    // An API host that nobody finds: what a command does goes through the same ledger and workers as everything else.
    private static readonly Dictionary<string, string?> CommandSettings = new()
    {
        ["ROLES"] = "api",
        ["API_URLS"] = "http://127.0.0.1:0",
        ["OPS_URLS"] = "http://127.0.0.1:0",
        ["Drain:Delay"] = "00:00:00",
    };

    private readonly DrainSignal _drain = new();
    private readonly AppFactory _factory;
    private readonly SandboxWebhooks _webhooks;
    private readonly OpsSources _ops;
    private ProcessTelemetry? _telemetry;
    private DataDirectoryLock? _directory;

    private Product(AppFactory factory, IConfiguration configuration)
    {
        _factory = factory;
        Settings = HostSettings.From(configuration, factory.Environment);
        _webhooks = SandboxWebhooks.From(configuration, Settings);
        _ops = new OpsSources(new MetricsExporter(), configuration.GetValue("Ops:MessagesMax", new OpsOptions().MessagesMax));
    }

    internal HostSettings Settings { get; }

    internal WebApplication? Sandbox { get; private set; }

    internal WebApplication? Api { get; private set; }

    internal WebApplication? Gateway { get; private set; }

    internal WebApplication? Ops { get; private set; }

    /// <summary>Starts all roles, or none: what had started is stopped again when a later one can't.</summary>
    internal static async Task<Product> StartAsync(AppFactory factory, CancellationToken cancellationToken)
    {
        var product = Create(factory);
        RequiredSettings.Check(factory.CreateBuilder().Configuration, product.Settings);
        try
        {
            await product.StartRolesAsync(cancellationToken);
            return product;
        }
        catch
        {
            await product.DisposeAsync();
            throw;
        }
    }

    /// <summary>Applies what is pending to every module's schema; a job that only migrates needs no secret but the database's.</summary>
    internal static async Task MigrateAsync(AppFactory factory, CancellationToken cancellationToken)
    {
        await using var product = Create(factory);
        product.TakeDataDirectory();
        product.Api = ApiApp.Build(factory.CreateBuilder(), product.Settings, product._drain, product._ops);
        await product.Api.Services.GetRequiredService<ConnectionCheck>().RunAsync(cancellationToken);
        await product.Api.Services.GetRequiredService<SchemaMigrator>().MigrateAsync(cancellationToken);
    }

    /// <summary>Starts an API host for a command, on a schema that is up to date.</summary>
    internal static async Task<Product> StartForCommandAsync(AppFactory factory, CancellationToken cancellationToken)
    {
        var product = await StartAsync(factory.With(CommandSettings), cancellationToken);
        foreach (var schema in product.Api!.Services.GetServices<IModuleSchema>())
        {
            if ((await schema.PendingAsync(cancellationToken)).Count > 0)
            {
                await product.DisposeAsync();
                throw new SettingsException($"The schema {schema.Name} lags behind this program: start once with --migrate.");
            }
        }

        return product;
    }

    /// <summary>
    /// Readiness turns first, while everything is still served; then event streams end, requests and queues are drained.
    /// </summary>
    internal async Task StopAsync()
    {
        _drain.Begin();
        if ((Gateway ?? Api)?.Services is { } services)
        {
            var options = services.GetRequiredService<IOptions<DrainOptions>>().Value;
            await Task.Delay(Gateway is null ? options.Delay : options.Linger, services.GetRequiredService<TimeProvider>());
        }

        // Streams would otherwise keep the gateway waiting for their end.
        Api?.Lifetime.StopApplication();
        foreach (var app in new[] { Gateway, Api, Sandbox, Ops })
        {
            if (app is not null)
            {
                await app.StopAsync();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in new[] { Gateway, Api, Sandbox, Ops })
        {
            if (app is not null)
            {
                await app.DisposeAsync();
            }
        }

        _telemetry?.Dispose();
        _directory?.Dispose();
    }

    internal static string AddressOf(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    // A listener on every address is reached over loopback: no machine need know the IPv6 address that it calls itself.
    private static string OwnAddressOf(WebApplication app)
    {
        var address = new UriBuilder(AddressOf(app));
        if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var host) && (host.Equals(IPAddress.Any) || host.Equals(IPAddress.IPv6Any)))
        {
            address.Host = IPAddress.Loopback.ToString();
        }

        return address.Uri.AbsoluteUri;
    }

    private static Product Create(AppFactory factory) => new(factory, factory.CreateBuilder().Configuration);

    private async Task StartRolesAsync(CancellationToken cancellationToken)
    {
        if (Settings.Plays(Role.Api))
        {
            // First of all, so that a second process says what is wrong before it has touched anything.
            TakeDataDirectory();
        }

        _telemetry = ProcessTelemetry.Start(_factory.CreateBuilder().Configuration, Settings, _ops.Exporter);
        if (Settings.Plays(Role.Sandbox))
        {
            if (Settings.SandboxUrls.FirstOrDefault(url => !LoopbackAddress.Covers(url)) is { } open)
            {
                throw new SettingsException($"SANDBOX_URLS: anybody's test key opens the sandbox, so it listens on loopback only, not on '{open}'.");
            }

            var builder = NewBuilder();
            var directory = StorageSettings.From(builder.Configuration).DataDirectory;
            Sandbox = SandboxApp.Build(builder, new SandboxSettings
            {
                Urls = Settings.SandboxUrls,
                DataDirectory = directory,
                WebhookUrl = () => _webhooks.Url,
                WebhookSecret = _webhooks.Secret,
            });
            await Sandbox.StartAsync(cancellationToken);
            _ops.Sandbox = new Uri(AddressOf(Sandbox));
        }

        if (Settings.Plays(Role.Api))
        {
            await StartApiAsync(cancellationToken);
        }

        if (Settings.Plays(Role.Gateway))
        {
            var destinations = Settings.GatewayDestinations.Count > 0 ? Settings.GatewayDestinations
                : Api is not null ? [OwnAddressOf(Api)] : Settings.ApiUrls;
            Gateway = GatewayApp.Build(NewBuilder(), Settings, _drain, destinations);
            await Gateway.StartAsync(cancellationToken);
            _ops.Gateway = Gateway.Services;
            _webhooks.GatewayListensOn(OwnAddressOf(Gateway));
        }

        Ops = await OpsListener.StartAsync(_factory, Settings, _ops, cancellationToken);
        if ((Api ?? Sandbox) is { } app)
        {
            StartChecks.WarnOfOpenData(app, keepsFiles: Sandbox is not null);
        }
    }

    private async Task StartApiAsync(CancellationToken cancellationToken)
    {
        var builder = NewBuilder();
        if (Settings.IsDevelopment && string.IsNullOrWhiteSpace(builder.Configuration["STRIPE_SECRET_KEY"]))
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["STRIPE_SECRET_KEY"] = "sk_test_sandbox",
                ["STRIPE_API_BASE"] = Sandbox is null ? Settings.SandboxUrls[0] : AddressOf(Sandbox),
            });
        }

        builder.Configuration.AddInMemoryCollection(_webhooks.ForApi);
        Api = ApiApp.Build(builder, Settings, _drain, _ops);
        EndpointGuard.Check(Api);
        await StartChecks.CheckConnectionAsync(Api, Settings, cancellationToken);
        if (Settings.IsDevelopment)
        {
            await Api.Services.GetRequiredService<SchemaMigrator>().MigrateAsync(cancellationToken);
        }

        await Api.Services.GetRequiredService<SigningSecrets>().LoadAsync(cancellationToken);
        await Api.Services.PrepareStoredKeysAsync(cancellationToken);
        await Api.StartAsync(cancellationToken);
        _ops.Api = Api.Services;
    }

    private WebApplicationBuilder NewBuilder()
    {
        var builder = _factory.CreateBuilder();
        _telemetry!.Follow(builder.Logging);
        builder.Logging.AddProvider(_ops.Messages);
        return builder;
    }

    private void TakeDataDirectory()
    {
        var storage = StorageSettings.From(_factory.CreateBuilder().Configuration);
        if (storage.Provider == StorageProvider.Sqlite)
        {
            _directory = DataDirectoryLock.Take(storage.DataDirectory);
        }
    }
}
