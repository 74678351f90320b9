using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.DependencyInjection;
using Tokens.Payments.Data;
using Tokens.Payments.Purchases;
using Tokens.Platform.Storage;
using Tokens.Testing;
using Tokens.Wallet.Contracts;

namespace Tokens.Payments.Tests.Parts;

/// <summary>All that a purchase needs, made for one test.</summary>
internal sealed class Shop : IAsyncDisposable
{
    /// <summary>Settlement goes on with what is open right after a call.</summary>
    public static readonly (string Name, string Value) SettlesSoon = ("Settlement:PauseMilliseconds", "200");

    private static readonly TimeSpan Soon = Eventually.Deadline;
    private readonly TestStorage _storage;
    private readonly List<PaymentsHost> _others = [];

    private Shop(TestStorage storage, StripeStub stripe, LedgerInMemory ledger, PaymentsHost host)
    {
        _storage = storage;
        Stripe = stripe;
        Ledger = ledger;
        Host = host;
    }

    public StripeStub Stripe { get; }

    public LedgerInMemory Ledger { get; }

    public PaymentsHost Host { get; }

    public Guid MemberId { get; } = Guid.CreateVersion7();

    public static async Task<Shop> OpenAsync(StorageKind kind, params (string Name, string Value)[] settings)
    {
        var storage = await TestStorage.CreateAsync(kind);
        var stripe = await StripeStub.StartAsync();
        var ledger = new LedgerInMemory();
        return new Shop(storage, stripe, ledger, await PaymentsHost.StartAsync(storage, stripe, ledger, settings));
    }

    /// <summary>Another host on the same database and ledger.</summary>
    public async Task<PaymentsHost> AddHostAsync(params (string Name, string Value)[] settings)
    {
        var host = await PaymentsHost.StartAsync(_storage, Stripe, Ledger, settings);
        _others.Add(host);
        return host;
    }

    public Task<Answer> BuyAsync(string paymentMethodId = "pm_card_visa", string? key = null, long tokens = 50) =>
        Host.BuyPackageAsync(MemberId, paymentMethodId, key, tokens);

    public async Task<string> StatusOfAsync(Guid purchaseId)
    {
        var answer = await Host.GetAsync(MemberId, $"/api/tokens/purchases/{purchaseId}");
        return answer["purchase"].GetProperty("status").GetString()!;
    }

    public Task<Purchase> RowAsync(Guid purchaseId) =>
        Host.Services.GetRequiredService<PurchaseStore>().GetAsync(purchaseId, CancellationToken.None);

    public Task<List<Purchase>> RowsAsync() => Host.Services.GetRequiredService<IModuleDb<PaymentsDb>>().ReadAsync(
        (db, token) => db.Purchases.AsNoTracking().Where(p => p.MemberId == MemberId).ToListAsync(token), CancellationToken.None);

    /// <summary>Changes the row behind the product's back, as time or a fault would.</summary>
    /// <summary>Changes the row under another version, so that no drive that is at the purchase writes over the change.</summary>
    public Task ChangeRowAsync(Guid purchaseId, Action<UpdateSettersBuilder<Purchase>> change) =>
        Host.Services.GetRequiredService<IModuleDb<PaymentsDb>>().WriteAsync(
            (db, token) => db.Purchases.Where(p => p.Id == purchaseId).ExecuteUpdateAsync(
                row =>
                {
                    change(row);
                    row.SetProperty(p => p.Version, p => p.Version + 1);
                },
                token),
            CancellationToken.None);

    /// <summary>Makes the purchase as old as if its callers had gone away that long ago.</summary>
    public Task AgeAsync(Guid purchaseId, TimeSpan age)
    {
        var then = TimeProvider.System.GetUtcNow().UtcDateTime - age;
        return ChangeRowAsync(purchaseId, row => row
            .SetProperty(p => p.CreatedAt, then)
            .SetProperty(p => p.UpdatedAt, then)
            .SetProperty(p => p.NextCheckAt, then)
            .SetProperty(p => p.ClaimedUntil, (DateTime?)null));
    }

    public Task BecomesAsync(Guid purchaseId, string status) => Eventually.BecomesTrueAsync(
        async () => (await RowAsync(purchaseId)).Status.Wire() == status, Soon, $"the purchase is {status}");

    public Task IsParkedAsync(Guid purchaseId, string reason) => Eventually.BecomesTrueAsync(
        async () => (await RowAsync(purchaseId)).ParkedReason == reason, Soon, $"the purchase is parked: {reason}");

    public Task IntentBecomesAsync(string id, string status) => Eventually.BecomesTrueAsync(
        () => Stripe.Intents[id].Status == status, Soon, $"{id} is {status}");

    public Posting SinglePosting() => Ledger.PostingsOf(MemberId).ShouldHaveSingleItem();

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _others)
        {
            await host.DisposeAsync();
        }

        await Host.DisposeAsync();
        await Stripe.DisposeAsync();
        await _storage.DisposeAsync();
    }
}
