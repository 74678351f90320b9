using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tokens.Payments.Data;
using Tokens.Payments.Events;
using Tokens.Platform.Storage;
using Tokens.Testing;
using Tokens.Wallet.Contracts;

namespace Tokens.Payments.Tests.Parts;

/// <summary>Hosts of the module that take events, on one database, ledger and Stripe.</summary>
internal sealed class WebhookShop : IAsyncDisposable
{
    public static readonly TimeSpan Soon = Eventually.Deadline;

    private readonly TestStorage _storage;
    private readonly StripeStub _stripe;
    private readonly List<PaymentsHost> _hosts = [];

    private WebhookShop(TestStorage storage, StripeStub stripe) => (_storage, _stripe) = (storage, stripe);

    /// <summary>What every host posts to.</summary>
    public LedgerInMemory Ledger { get; } = new();

    public PaymentsHost Host => _hosts[0];

    public static async Task<WebhookShop> OpenAsync(StorageKind kind, params (string Name, string Value)[] settings)
    {
        var shop = new WebhookShop(await TestStorage.CreateAsync(kind), await StripeStub.StartAsync());
        await shop.AddHostAsync(shop.Ledger, settings);
        return shop;
    }

    /// <summary>One more host, which reaches the ledger through <paramref name="ledger"/>.</summary>
    public async Task<PaymentsHost> AddHostAsync(IWalletLedger? ledger = null, params (string Name, string Value)[] settings)
    {
        var all = settings.Prepend(Webhook.Setting).GroupBy(setting => setting.Name).Select(named => named.Last()).ToArray();
        var host = await PaymentsHost.StartAsync(_storage, _stripe, ledger ?? Ledger, all);
        _hosts.Add(host);
        return host;
    }

    /// <summary>Stops the host that took the purchases; its services still read the database.</summary>
    public Task StopFirstHostAsync() => Host.StopAsync();

    /// <summary>A purchase that waits for its member, who may pay at Stripe at any time.</summary>
    public async Task<OpenPurchase> OpenPurchaseAsync()
    {
        var memberId = Guid.CreateVersion7();
        var answer = await Host.BuyPackageAsync(memberId, "pm_3ds", "k");
        return new OpenPurchase(memberId, answer.PurchaseId, answer["paymentIntent"].GetProperty("id").GetString()!);
    }

    public async Task<string> SendAsync(string body, PaymentsHost? host = null)
    {
        var answer = await Webhook.SendAsync((host ?? Host).Client, body);
        answer.Status.ShouldBe(200, answer.Text);
        return Webhook.IdOf(body);
    }

    public Task<List<StripeEvent>> StoredAsync() => Host.Services.GetRequiredService<IModuleDb<PaymentsDb>>().ReadAsync(
        (db, token) => db.StripeEvents.AsNoTracking().OrderBy(e => e.Id).ToListAsync(token), CancellationToken.None);

    public Task<T> WriteAsync<T>(Func<PaymentsDb, CancellationToken, Task<T>> work) =>
        Host.Services.GetRequiredService<IModuleDb<PaymentsDb>>().WriteAsync(work, CancellationToken.None);

    public async Task<StripeEvent> FindAsync(string id) => (await StoredAsync()).Single(e => e.Id == id);

    /// <summary>The event once no worker has anything more to do for it.</summary>
    public async Task<StripeEvent> FinishedAsync(string id)
    {
        StripeEvent? found = null;
        await Eventually.BecomesTrueAsync(
            async () => (found = await FindAsync(id)).Status != StripeEventStatus.Pending, Soon, $"event {id} is finished");
        return found!;
    }

    public async Task<string> StatusOfAsync(OpenPurchase purchase)
    {
        var answer = await Host.GetAsync(purchase.MemberId, $"/api/tokens/purchases/{purchase.Id}");
        return answer["purchase"].GetProperty("status").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        await _stripe.DisposeAsync();
        await _storage.DisposeAsync();
    }

    /// <summary>A purchase whose charge isn't decided.</summary>
    internal sealed record OpenPurchase(Guid MemberId, Guid Id, string IntentId)
    {
        public string Paid(long amount = 500, string currency = "usd", string? intentId = null) =>
            Webhook.Succeeded(Id, intentId ?? IntentId, amount, currency);
    }
}
