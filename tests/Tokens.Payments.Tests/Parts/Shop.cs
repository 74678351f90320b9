using Tokens.Wallet.Contracts;

namespace Tokens.Payments.Tests.Parts;

/// <summary>All that a purchase needs, made for one test.</summary>
internal sealed class Shop : IAsyncDisposable
{
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
