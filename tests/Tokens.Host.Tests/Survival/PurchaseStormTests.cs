using Tokens.Host.Tests.Running;
using Tokens.Testing.Running;

namespace Tokens.Host.Tests.Survival;

/// <summary>Stripe goes wrong in every way and the product is killed meanwhile: charges and credits stay equal to the cent.</summary>
[Collection(Alone.Name)]
public sealed class PurchaseStormTests
{
    private const int Kills = 5;
    private const int Buyers = 96;
    private static readonly TimeSpan SettledWithin = TimeSpan.FromSeconds(60);

    private static readonly object Faults = new
    {
        errorRate = 0.3,
        errorAfterEffectRate = 0.1,
        lostReplyRate = 0.1,
        rateLimitRate = 0.05,
        stallRate = 0.05,
        stallMs = 2_000,
    };

    [Fact]
    public async Task A_thousand_purchases_on_Sqlite()
    {
        await using var installation = Installation.Sqlite();
        await SurviveAsync(installation, purchases: 1_000, new { paused = false });
    }

    [Fact]
    public async Task On_PostgreSQL_with_webhooks_paused_for_good()
    {
        await using var installation = await Installation.PostgresAsync();
        await SurviveAsync(installation, purchases: 1_000, new { paused = true });
    }

    [Fact]
    public async Task On_PostgreSQL_with_each_event_sent_three_times_in_shaken_order()
    {
        await using var installation = await Installation.PostgresAsync();
        await SurviveAsync(installation, purchases: 1_000, new { paused = false, duplicates = 2, shuffle = true });
    }

    private static async Task SurviveAsync(Installation installation, int purchases, object webhooks)
    {
        using var stripe = await StripeAside.StartAsync(installation);
        await stripe.DeliverAsync(webhooks);
        var process = await installation.StartAsync();
        await using var storm = await PurchaseStorm.BeginAsync(installation.Gateway, purchases, Buyers);
        await stripe.GoWrongAsync(Faults);

        for (var kill = 1; kill <= Kills; kill++)
        {
            await storm.ReachesAsync((double)kill / (Kills + 1));
            await process.KillAsync();
            process = await installation.StartAsync();
        }

        await storm.EndAsync();
        storm.Endings.Count(ending => ending.IsPaid).ShouldBeGreaterThan(purchases / 2, "the storm is no calm");
        await storm.ChargesBecomeTokensAsync(stripe, SettledWithin);

        await stripe.GoRightAsync();
        await storm.EverybodyIsTreatedRightAsync(stripe);
        using var admin = await Members.AdminAsync(installation.Gateway);
        await Members.LedgerShouldBeCleanAsync(admin);
    }
}
