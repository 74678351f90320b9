using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tokens.GiftCards.Cards;
using Tokens.GiftCards.Data;
using Tokens.GiftCards.Gifts;
using Tokens.GiftCards.Recovery;
using Tokens.GiftCards.Redemptions;
using Tokens.Platform.Inputs;
using Tokens.Platform.RateLimits;
using Tokens.Platform.Secrets;
using Tokens.Platform.Storage;
using Tokens.Platform.Storage.Schemas;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Wallet.Contracts;

namespace Tokens.GiftCards.Tests.Parts;

/// <summary>The module alone, without routes: its storage, its worker once started, a clock that tests move, the ledger stood in for.</summary>
internal sealed class GiftCardsHost : IAsyncDisposable
{
    private static readonly TimeSpan Soon = Eventually.Deadline;
    private readonly IHost _host;
    private bool _isWorking;

    private GiftCardsHost(IHost host, LedgerInMemory ledger, TestTimeProvider clock) => (_host, Ledger, Clock) = (host, ledger, clock);

    public LedgerInMemory Ledger { get; }

    public TestTimeProvider Clock { get; }

    private RecoveryWorker Worker => _host.Services.GetServices<IHostedService>().OfType<RecoveryWorker>().Single();

    public static async Task<GiftCardsHost> OpenAsync(
        Storage storage, LedgerInMemory? ledger = null, TestTimeProvider? clock = null, ILoggerProvider? logs = null, bool isLimited = true, params (string Name, string Value)[] settings)
    {
        clock ??= new TestTimeProvider();
        ledger ??= new LedgerInMemory(clock);
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Development" });
        builder.Configuration.AddInMemoryCollection(storage.Settings);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Name, setting.Value)));
        if (logs is not null)
        {
            builder.Logging.AddProvider(logs).SetMinimumLevel(LogLevel.Trace);
        }

        builder.Services.AddSingleton<TimeProvider>(clock).AddSingleton<IWalletLedger>(ledger);
        builder.Services.AddSingleton(new RateLimitSwitch(isLimited));
        // The database's answers come in real time, whatever the clock says.
        builder.Services.AddSingleton(_ => TestPipelines.Database(new DatabasePipelineOptions()));
        builder.AddPlatformStorage();
        builder.AddStoredKeys("test", []);
        new GiftCardsModule().AddServices(builder);
        var host = new GiftCardsHost(builder.Build(), ledger, clock);
        await host.Get<SchemaMigrator>().MigrateAsync(CancellationToken.None);
        await host._host.Services.PrepareStoredKeysAsync(CancellationToken.None);
        // As a host that starts does, which reads its key ring.
        host.Get<IDataProtectionProvider>().CreateProtector("start").Protect([]);
        await host.Get<FailureCounter>().StartAsync(CancellationToken.None);
        return host;
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Starts the worker; all else works without.</summary>
    public async Task StartAsync()
    {
        _isWorking = true;
        await Worker.StartAsync(CancellationToken.None);
    }

    /// <summary>Stops the worker, so that the clock may leap: it would take each of its rounds on the way.</summary>
    public async Task StopAsync()
    {
        if (_isWorking)
        {
            _isWorking = false;
            await Worker.StopAsync(CancellationToken.None);
        }
    }

    public async Task<(GiftCard Card, string Code)> IssueAsync(Guid memberId, long tokens, string? key = null, int days = 30)
    {
        var issued = (await TryIssueAsync(memberId, tokens, key, days)).ShouldBeOfType<IssueOutcome.Issued>();
        return (issued.Card, issued.Code!);
    }

    public Task<IssueOutcome> TryIssueAsync(Guid memberId, long tokens, string? key = null, int days = 30) =>
        Get<CardIssue>().IssueAsync(new CardOrder(memberId, KeyOf(key), tokens, null, days), CancellationToken.None);

    public Task<RedeemOutcome> RedeemAsync(Guid memberId, string code, string? key = null) =>
        Get<Redemption>().RedeemAsync(memberId, code, KeyOf(key), RedeemAttempt.By(memberId, address: null), CancellationToken.None);

    /// <summary>As the route does; whether it ended cancelled.</summary>
    public async Task<bool> CancelAsync(GiftCard card)
    {
        var store = Get<CardStore>();
        var current = await store.GetAsync(card.Id);
        if (current.Status == CardStatus.Active && !await store.TryClaimAsync(current, new CardClaim(CardStatus.Cancelling, Guid.CreateVersion7())))
        {
            current = await store.GetAsync(card.Id);
        }

        return current.Status is CardStatus.Cancelling or CardStatus.Cancelled && await Get<CardEnd>().FinishAsync(current) is not null;
    }

    public Task<(Gift? Gift, bool IsReplay, Tokens.Platform.Problems.Problem? Problem)> GiftAsync(
        Guid senderId, Guid recipientId, long tokens, string? key = null) => Get<GiftSending>().SendAsync(
        new GiftOrder { SenderId = senderId, RecipientId = recipientId, Key = KeyOf(key), Tokens = tokens, Message = "for you" },
        CancellationToken.None);

    public Task<List<GiftCard>> CardsAsync() => Get<IModuleDb<GiftCardsDb>>().ReadAsync(
        (db, token) => db.Cards.AsNoTracking().OrderBy(card => card.Id).ToListAsync(token), CancellationToken.None);

    public Task<List<Gift>> GiftsAsync() => Get<IModuleDb<GiftCardsDb>>().ReadAsync(
        (db, token) => db.Gifts.AsNoTracking().OrderBy(gift => gift.Id).ToListAsync(token), CancellationToken.None);

    /// <summary>Moves the clock on until the worker has nothing left to do.</summary>
    public Task SettleAsync() => Eventually.BecomesTrueAsync(
        async () =>
        {
            Clock.Advance(TimeSpan.FromSeconds(15));
            return (await CardsAsync()).All(card => card.NextCheckAt is null) && (await GiftsAsync()).All(gift => gift.NextCheckAt is null);
        },
        Soon,
        "nothing is left between two steps");

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Get<FailureCounter>().StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    private static IdempotencyKey? KeyOf(string? key) => key is null ? null : new IdempotencyKey(key);
}
