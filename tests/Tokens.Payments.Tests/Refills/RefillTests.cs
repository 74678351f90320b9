using System.Text.Json;
using Tokens.Payments.Tests.Parts;
using Tokens.Testing;
using Tokens.Testing.Products;
using static Tokens.Payments.Tests.Parts.RefillFans;

namespace Tokens.Payments.Tests.Refills;

/// <summary>Refills through the gateway: what is charged at the sandbox and what is credited are always the same.</summary>
public abstract class RefillTests(ProductFixture fixture)
{
    [Fact]
    public async Task A_tip_that_crosses_the_threshold_is_followed_by_a_refill()
    {
        using var star = await fixture.SignInAsync(isCreator: true);
        using var fan = await WithCardAsync("pm_card_visa", tokens: 150);
        await fan.SetRefillsAsync(new { autoRefillEnabled = true, autoRefillPackage = 200, refillThreshold = 100 });

        (await fan.TipAsync(star.Id, 40)).Status.ShouldBe(200);
        (await fan.TipAsync(star.Id, 11)).Status.ShouldBe(200);

        await fan.BecomesAsync(299);
        (await fan.RefillsAsync()).ShouldBe([200]);
    }

    [Fact]
    public async Task A_tip_that_is_short_is_finished_after_the_refill()
    {
        using var star = await fixture.SignInAsync(isCreator: true);
        using var fan = await WithCardAsync("pm_card_visa", tokens: 30);
        await fan.SetRefillsAsync(new { autoRefillEnabled = true, refillThreshold = 0 });

        var tip = await fan.TipAsync(star.Id, 900, key: "k");

        tip.Status.ShouldBe(200, tip.Text);
        // The smallest package that makes it possible.
        (await fan.BalanceAsync()).ShouldBe(30 + 1_488 - 900);
        (await fan.TipAsync(star.Id, 900, key: "k")).IsReplay.ShouldBeTrue();
    }

    [Fact]
    public async Task Many_short_tips_at_once_are_one_refill()
    {
        using var star = await fixture.SignInAsync(isCreator: true);
        using var fan = await WithCardAsync("pm_card_visa", tokens: 100);
        await fan.SetRefillsAsync(new { autoRefillEnabled = true, autoRefillPackage = 812, refillThreshold = 100 });

        var tips = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => fan.TipAsync(star.Id, 10, key: $"k{i}")));

        var paid = tips.Count(tip => tip.Status == 200);
        tips.ShouldAllBe(tip => tip.Status == 200 || tip.Code == "insufficient_balance");
        paid.ShouldBeInRange(10, 91);
        await fan.BecomesAsync(100 + 812 - 10 * paid);
        (await ChargesAsync(fan)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_declined_refill_pauses_them_and_the_tip_stays_refused()
    {
        using var star = await fixture.SignInAsync(isCreator: true);
        using var fan = await WithCardAsync("pm_card_chargeCustomerFail", tokens: 5);
        await fan.SetRefillsAsync(new { autoRefillEnabled = true, autoRefillPackage = 50 });

        var tip = await fan.TipAsync(star.Id, 20);
        (tip.Code, tip.Json.GetProperty("refillPending").GetBoolean()).ShouldBe(("insufficient_balance", false));
        var trigger = await fan.TriggerAsync("low_balance");

        (trigger.Json.GetProperty("success").GetBoolean(), trigger.Json.GetProperty("message").GetString()).ShouldBe((false, "Refill conditions not met"));
        (await ChargesAsync(fan)).ShouldBe(["failed"]);
        (await fan.BalanceAsync()).ShouldBe(5);
    }

    [Fact]
    public async Task A_card_that_wants_its_holder_waits_for_the_member()
    {
        using var star = await fixture.SignInAsync(isCreator: true);
        using var fan = await WithCardAsync("pm_card_authenticationRequired", tokens: 5);
        await fan.SetRefillsAsync(new { autoRefillEnabled = true, autoRefillPackage = 50 });

        var tip = await fan.TipAsync(star.Id, 20);

        (tip.Code, tip.Json.GetProperty("refillPending").GetBoolean()).ShouldBe(("insufficient_balance", true));
        (await fan.RefillSettingsAsync()).GetProperty("pending").GetProperty("status").GetString().ShouldBe("requires_action");
        await fan.AuthenticateAsync(fixture.Product.Sandbox);
        await fan.BecomesAsync(55);
        await Eventually.BecomesTrueAsync(
            async () => (await fan.RefillSettingsAsync()).GetProperty("pending").ValueKind == JsonValueKind.Null, Soon, "the refill has ended");
    }

    [Fact]
    public async Task Switched_off_while_the_card_wants_its_holder_it_still_is_paid_and_credited_once()
    {
        using var star = await fixture.SignInAsync(isCreator: true);
        using var fan = await WithCardAsync("pm_card_authenticationRequired", tokens: 5);
        await fan.SetRefillsAsync(new { autoRefillEnabled = true, autoRefillPackage = 50 });
        (await fan.TipAsync(star.Id, 20)).Code.ShouldBe("insufficient_balance");

        await fan.SetRefillsAsync(new { autoRefillEnabled = false });
        await fan.AuthenticateAsync(fixture.Product.Sandbox);

        await fan.BecomesAsync(55);
        (await fan.TipAsync(star.Id, 50)).Status.ShouldBe(200);
        (await fan.TipAsync(star.Id, 20)).Code.ShouldBe("insufficient_balance");
        (await ChargesAsync(fan)).ShouldBe(["failed", "succeeded"]);
    }

    [Fact]
    public async Task A_balance_that_will_not_last_is_refilled_above_the_threshold_for_whoever_wants_it()
    {
        using var star = await fixture.SignInAsync(isCreator: true);
        using var fan = await WithCardAsync("pm_card_visa", tokens: 1_000);
        using var plain = await WithCardAsync("pm_card_visa", tokens: 1_000);
        foreach (var member in new[] { fan, plain })
        {
            for (var i = 0; i < 9; i++)
            {
                (await member.TipAsync(star.Id, 100)).Status.ShouldBe(200);
            }

            await Eventually.BecomesTrueAsync(() => SpendsAsync(member, 900), Soon, "the spending is counted");
            await member.SetRefillsAsync(
                new { autoRefillEnabled = true, smartRefillEnabled = member == fan, autoRefillPackage = 812, refillThreshold = 0 });
            (await member.TipAsync(star.Id, 1)).Status.ShouldBe(200);
        }

        await fan.BecomesAsync(99 + 812);
        // A reason is looked for once in a while, not at each tip.
        (await fan.TipAsync(star.Id, 900)).Status.ShouldBe(200);
        (await fan.TriggerAsync("peak_hour")).Json.GetProperty("refillExecuted").GetBoolean().ShouldBeFalse();
        (await plain.BalanceAsync()).ShouldBe(99);
        (await ChargesAsync(fan)).ShouldBe(["succeeded"]);
        (await ChargesAsync(plain)).ShouldBeEmpty();
    }

    [Fact]
    public async Task No_refill_costs_more_than_the_member_allows()
    {
        using var star = await fixture.SignInAsync(isCreator: true);
        using var fan = await WithCardAsync("pm_card_visa", tokens: 5);
        await fan.SetRefillsAsync(new { autoRefillEnabled = true, autoRefillPackage = 50, dailyLimitUsd = 4.99 });

        (await fan.TipAsync(star.Id, 20)).Code.ShouldBe("insufficient_balance");
        for (var i = 0; i < 2; i++)
        {
            var trigger = (await fan.TriggerAsync("low_balance")).Json;
            trigger.GetProperty("refillExecuted").GetBoolean().ShouldBeFalse();
            trigger.GetProperty("reason").GetString().ShouldBe("The package costs more than a limit for refills allows.");
        }

        (await ChargesAsync(fan)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Another_default_card_ends_the_pause_after_a_decline(bool byChoice)
    {
        using var fan = await WithCardAsync("pm_card_chargeCustomerFail", tokens: 5);
        await fan.SetRefillsAsync(new { autoRefillEnabled = true, autoRefillPackage = 50 });
        (await fan.TriggerAsync("low_balance")).Code.ShouldBe("payment_declined");
        var paused = (await fan.GetAsync("/api/tokens/settings/auto-refill")).Json;
        paused.GetProperty("warnings").EnumerateArray().Select(code => code.GetString()).ShouldBe(["paused_after_decline"]);
        paused.GetProperty("until").GetDateTime().ShouldBeGreaterThan(paused.GetProperty("timestamp").GetDateTime());
        (await fan.TriggerAsync("low_balance")).Json.GetProperty("reason").GetString()!.ShouldStartWith("The last refill was declined.");

        await KeptCards.KeepAsync(fixture.Product.Sandbox, fan, "pm_card_visa");
        var cards = (await fan.GetAsync("/api/tokens/payment-methods")).Json.GetProperty("paymentMethods").EnumerateArray()
            .Select(card => card.GetProperty("id").GetString()).ToList();
        (byChoice
            ? await fan.PutAsync("/api/tokens/payment-methods/default", new { paymentMethodId = cards[1] })
            : await fan.SendAsync(HttpMethod.Delete, $"/api/tokens/payment-methods/{cards[0]}", content: null)).Status.ShouldBe(200);

        (await fan.GetAsync("/api/tokens/settings/auto-refill")).Json.GetProperty("warnings").GetArrayLength().ShouldBe(0);
        await fixture.ForgetLastRefillAsync(fan);
        // The choice wakes the worker, which may be first.
        var trigger = await fan.TriggerAsync("low_balance");
        trigger.Status.ShouldBe(200, trigger.Text);
        trigger.Json.GetProperty("reason").GetString().ShouldNotBeNull().ShouldNotContain("declined");
        await fan.BecomesAsync(55);
        (await ChargesAsync(fan)).ShouldBe(["failed", "succeeded"], ignoreOrder: true);
    }

    [Fact]
    public async Task Switched_off_or_without_a_card_nothing_is_refilled()
    {
        using var star = await fixture.SignInAsync(isCreator: true);
        using var fan = await WithCardAsync("pm_card_visa", tokens: 5);
        await fan.SetRefillsAsync(new { autoRefillEnabled = true });
        await fan.SetRefillsAsync(new { autoRefillEnabled = false });
        using var cardless = await fixture.SignInWithAsync(5);
        await cardless.SetRefillsAsync(new { autoRefillEnabled = true });

        (await fan.TipAsync(star.Id, 20)).Code.ShouldBe("insufficient_balance");
        (await fan.TriggerAsync("low_balance")).Json.GetProperty("message").GetString().ShouldBe("Smart auto-refill not enabled");
        var refused = (await cardless.TriggerAsync("low_balance")).Json;
        refused.GetProperty("message").GetString().ShouldBe("Refill conditions not met");
        refused.GetProperty("reason").GetString().ShouldBe("No payment method is kept.");

        (await ChargesAsync(fan)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_trigger_refills_and_a_repeat_is_told_the_same()
    {
        using var fan = await WithCardAsync("pm_card_visa", tokens: 5);
        await fan.SetRefillsAsync(new { autoRefillEnabled = true, autoRefillPackage = 50 });
        (await fan.TriggerAsync("weekend_prep")).Json.GetProperty("message").GetString().ShouldBe("Smart auto-refill not enabled");

        var first = await fan.TriggerAsync("low_balance", "k");
        var again = await fan.TriggerAsync("low_balance", "k");

        (first.Json.GetProperty("refillExecuted").GetBoolean(), first.Json.GetProperty("tokensAdded").GetInt64(), first.Json.GetProperty("newBalance").GetInt64())
            .ShouldBe((true, 50, 55));
        (again.IsReplay, again.Text).ShouldBe((true, first.Text));
        (await ChargesAsync(fan)).ShouldBe(["succeeded"]);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"triggerType":"whenever"}""")]
    [InlineData("""{"triggerType":7}""")]
    public async Task A_trigger_that_is_none_is_named(string body)
    {
        using var fan = await fixture.SignInAsync();

        var answer = await fan.PostAsync("/api/tokens/smart-refill/trigger", JsonSerializer.Deserialize<JsonElement>(body));

        (answer.Status, answer.Title).ShouldBe((400, "Invalid trigger type"));
    }

    [Fact]
    public async Task A_stream_is_told_of_a_refill()
    {
        using var star = await fixture.SignInAsync(isCreator: true);
        using var fan = await WithCardAsync("pm_card_visa", tokens: 60);
        await fan.SetRefillsAsync(new { autoRefillEnabled = true, autoRefillPackage = 50, refillThreshold = 50 });
        using var stream = await EventStream.OpenAsync(fan.Client);

        await fan.TipAsync(star.Id, 20);

        string? name;
        do
        {
            name = (await stream.NextEventAsync())?.Event;
        }
        while (name is "balance_updated");
        name.ShouldBe("refill_pending");
    }

    private static async Task<bool> SpendsAsync(TestMember member, long tokens)
    {
        var spending = await member.GetAsync("/api/tokens/analytics/fan?range=7d");
        return spending.Json.GetProperty("summary").GetProperty("totalTokens").GetInt64() == tokens;
    }

    private Task<TestMember> WithCardAsync(string card, long tokens) =>
        RefillFans.WithCardAsync(fixture.Product.Gateway, fixture.Product.Sandbox, card, tokens);

    private async Task<List<string>> ChargesAsync(TestMember member) =>
        [.. (await RefillFans.ChargesAsync(fixture.Product.Sandbox, member.Id)).Select(charge => charge.Status)];
}

public sealed class RefillOnSqliteTests(SqliteProduct product) : RefillTests(product), IClassFixture<SqliteProduct>;

public sealed class RefillOnPostgresTests(PostgresProduct product) : RefillTests(product), IClassFixture<PostgresProduct>;
