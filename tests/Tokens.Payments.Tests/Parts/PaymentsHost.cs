using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tokens.Analytics.Contracts;
using Tokens.Platform.Deliveries;
using Tokens.Platform.Identity;
using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;
using Tokens.Platform.Secrets;
using Tokens.Platform.Storage.Schemas;
using Tokens.Platform.Switches;
using Tokens.Wallet.Contracts;

namespace Tokens.Payments.Tests.Parts;

/// <summary>The module alone behind a listener: its own storage, options and routes, the ledger and Stripe stood in for.</summary>
internal sealed class PaymentsHost : IAsyncDisposable
{
    private const string MemberHeader = "X-Member";
    private readonly WebApplication _app;

    private readonly StrongBox<int> _running;

    private PaymentsHost(WebApplication app, HttpClient client, StrongBox<int> running) => (_app, Client, _running) = (app, client, running);

    /// <summary>Requests that have come and aren't answered yet.</summary>
    public int Running => Volatile.Read(ref _running.Value);

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<PaymentsHost> StartAsync(
        TestStorage storage, StripeStub stripe, IWalletLedger ledger, params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(
        [
            storage.Setting,
            new("STRIPE_SECRET_KEY", "sk_test_stub"),
            new("STRIPE_API_BASE", stripe.Address),
            new("Resilience:Stripe:RetryDelayMilliseconds", "1"),
            new("Payments:NewKeyDelayMilliseconds", "1"),
            new("Payments:LookPause", "00:00:00"),
            new("Settlement:PollMilliseconds", "50"),
            // Patient, so that what a test does itself isn't done by settlement before it.
            new("Settlement:PauseMilliseconds", "30000"),
        ]);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Name, setting.Value)));
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(ledger).AddSingleton(new TokenValue(5))
            .AddSingleton<IMemberNotices, Neighbours>().AddSingleton<IRefillForecast, Neighbours>();
        builder.AddPlatformStorage();
        builder.Services.AddSwitches();
        var module = new PaymentsModule();
        module.AddServices(builder);
        var app = builder.Build();
        app.UseProblemDocuments(status => new Problem(ProblemKind.FromStatus(status), "It failed."));
        var running = new StrongBox<int>();
        app.Use(async (context, next) =>
        {
            Interlocked.Increment(ref running.Value);
            if (context.Request.Headers[MemberHeader].FirstOrDefault() is { } member)
            {
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(Caller.SubjectClaim, member)]));
            }

            if (context.Request.Headers[DeliveryProtocol.OfferHeader].FirstOrDefault() is { } offer)
            {
                // As the host does for a request that comes from a trusted gateway.
                context.Features.Set(new GatewayPeer(ConfirmsDeliveries: offer == "1"));
            }

            await next(context);
            Interlocked.Decrement(ref running.Value);
        });
        var routes = app.MapGroup("");
        routes.AddEndpointFilter<RefuseBadInput>();
        module.MapEndpoints(routes);
        await app.Services.GetRequiredService<SchemaMigrator>().MigrateAsync(CancellationToken.None);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new PaymentsHost(app, new HttpClient { BaseAddress = new Uri(address) }, running);
    }

    public Task<Answer> BuyAsync(
        Guid memberId, object body, string? key = null, string route = "purchase", CancellationToken cancellationToken = default)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/tokens/" + route) { Content = JsonContent.Create(body) };
        if (key is not null)
        {
            request.Headers.Add(IdempotencyKey.Header, key);
        }

        return SendAsync(memberId, request, cancellationToken);
    }

    public Task<Answer> BuyPackageAsync(Guid memberId, string paymentMethodId = "pm_card_visa", string? key = null, long tokens = 50) =>
        BuyAsync(memberId, new { tokenAmount = tokens, paymentMethodId }, key);

    public Task<Answer> GetAsync(Guid memberId, string path) => SendAsync(memberId, new HttpRequestMessage(HttpMethod.Get, path));

    public Task<Answer> SendAsync(Guid memberId, HttpMethod method, string path, object? body = null) =>
        SendAsync(memberId, new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) });

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();

        // Disposing alone waits for no worker: one in the middle of a statement would write on while its files are removed.
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task<Answer> SendAsync(Guid memberId, HttpRequestMessage request, CancellationToken cancellationToken = default)
    {
        using (request)
        {
            request.Headers.Add(MemberHeader, memberId.ToString());
            using var response = await Client.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            return new Answer(
                (int)response.StatusCode,
                // A fault that nobody maps has no body here: problem documents are the host's.
                body.Length > 0 ? JsonSerializer.Deserialize<JsonElement>(body) : default,
                response.Headers.Contains(IdempotencyKey.ReplayedHeader),
                response.Headers.RetryAfter?.Delta);
        }
    }
}

/// <summary>An answer of the module.</summary>
internal sealed record Answer(int Status, JsonElement Body, bool IsReplay, TimeSpan? RetryAfter)
{
    public string Text => Body.GetRawText();

    public string? Code => Body.GetProperty("code").GetString();

    public JsonElement this[string name] => Body.GetProperty(name);

    public Guid PurchaseId =>
        Body.TryGetProperty("transaction", out var transaction) ? transaction.GetProperty("id").GetGuid() : Body.GetProperty("purchaseId").GetGuid();
}
