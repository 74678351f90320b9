using Tokens.Survival.Tests.Running;
using Tokens.Testing;
using Tokens.Testing.Running;

namespace Tokens.Survival.Tests;

/// <summary>Stripe goes wrong in every way and the product is killed meanwhile: charges and credits stay equal to the cent.</summary>
public sealed class PurchaseStormTests
{
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
    public async Task Two_hundred_purchases_on_PostgreSQL_with_events_repeated_in_random_order()
    {
        await using var installation = await Installation.PostgresAsync();
        await SurviveAsync(installation, purchases: 200, buyers: 32, kills: 2, new { paused = false, duplicates = 2, shuffle = true });
    }

    [Fact]
    [Trait(Form.Trait, Form.Extended)]
    public async Task A_thousand_purchases_on_Sqlite()
    {
        await using var installation = Installation.Sqlite();
        await SurviveThousandAsync(installation, new { paused = false });
    }

    [Fact]
    [Trait(Form.Trait, Form.Extended)]
    public async Task A_thousand_on_PostgreSQL_with_webhooks_paused_for_good()
    {
        await using var installation = await Installation.PostgresAsync();
        await SurviveThousandAsync(installation, new { paused = true });
    }

    [Fact]
    [Trait(Form.Trait, Form.Extended)]
    public async Task A_thousand_on_PostgreSQL_with_each_event_sent_three_times_in_random_order()
    {
        await using var installation = await Installation.PostgresAsync();
        await SurviveThousandAsync(installation, new { paused = false, duplicates = 2, shuffle = true });
    }

    private static Task SurviveThousandAsync(Installation installation, object webhooks) =>
        SurviveAsync(installation, purchases: 1_000, buyers: 96, kills: 5, webhooks);

    private static async Task SurviveAsync(Installation installation, int purchases, int buyers, int kills, object webhooks)
    {
        using var stripe = await StripeAside.StartAsync(installation);
        await stripe.DeliverAsync(webhooks);
        var process = await installation.StartAsync();
        await using var storm = await PurchaseStorm.BeginAsync(installation.Gateway, purchases, buyers);
        await stripe.GoWrongAsync(Faults);

        for (var kill = 1; kill <= kills; kill++)
        {
            await storm.ReachesAsync((double)kill / (kills + 1));
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
