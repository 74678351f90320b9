using System.Net.Http.Json;
using System.Text.Json;
using Tokens.Payments.Tests.Parts;
using Tokens.Testing;
using Tokens.Testing.Products;

namespace Tokens.Payments.Tests.Refills;

/// <summary>Refills while Stripe fails, and a card that is declined for good.</summary>
public sealed class RefillFaultsTests
{
    private const int Fans = 12;
    private const int TipsEach = 5;
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Without_Stripe_a_short_tip_is_refused_in_time_and_the_next_refill_is_not_in_its_way()
    {
        await using var storage = Storage.Sqlite();
        await using var product = await RunningProduct.StartAsync(storage);
        using var star = await TestMember.SignInAsync(product.Gateway, isCreator: true);
        using var fan = await RefillFans.WithCardAsync(product.Gateway, product.Sandbox, "pm_card_visa", tokens: 5);
        await fan.SetRefillsAsync(new { autoRefillEnabled = true, autoRefillPackage = 50 });
        using var stripe = new HttpClient { BaseAddress = product.Sandbox };
        (await stripe.PutAsJsonAsync("/sandbox/faults", new { dropConnectionRate = 1.0 })).EnsureSuccessStatusCode();

        var started = TimeProvider.System.GetTimestamp();
        var tip = await fan.TipAsync(star.Id, 20);

        TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(8));
        (tip.Status, tip.Code, tip.Json.GetProperty("refillPending").GetBoolean()).ShouldBe((402, "insufficient_balance", false));
        (await fan.TriggerAsync("low_balance")).Code.ShouldBe("payment_provider_unavailable");
        var settings = await fan.GetAsync("/api/tokens/settings/auto-refill");
        (settings.Status, settings.Json.GetProperty("warnings").GetArrayLength()).ShouldBe((200, 0));
        (await stripe.DeleteAsync("/sandbox/faults")).EnsureSuccessStatusCode();
        await Eventually.BecomesTrueAsync(
            async () => (await fan.TriggerAsync("low_balance")).Status == 200, Settled, "Stripe is asked again");
        await fan.BecomesAsync(55);
        (await RefillFans.ChargesAsync(product.Sandbox, fan.Id)).ShouldBe([new("succeeded", 5_00)]);
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task Whatever_Stripe_does_what_is_charged_is_credited(StorageKind kind)
    {
        await using var storage = kind == StorageKind.Sqlite ? Storage.Sqlite() : await Storage.PostgresAsync();
        await using var product = await RunningProduct.StartAsync(storage);
        using var star = await TestMember.SignInAsync(product.Gateway, isCreator: true);
        var fans = new List<TestMember>();
        for (var i = 0; i < Fans; i++)
        {
            var fan = await RefillFans.WithCardAsync(product.Gateway, product.Sandbox, "pm_card_visa", tokens: 110);
            await fan.SetRefillsAsync(new { autoRefillEnabled = true, autoRefillPackage = 50, refillThreshold = 100 });
            fans.Add(fan);
        }

        using var stripe = new HttpClient { BaseAddress = product.Sandbox };
        var faults = new { errorRate = 0.1, errorAfterEffectRate = 0.15, lostReplyRate = 0.2, dropConnectionRate = 0.1, rateLimitRate = 0.05 };
        (await stripe.PutAsJsonAsync("/sandbox/faults", faults)).EnsureSuccessStatusCode();
        var tips = await Task.WhenAll(fans.Select(fan => TipAsync(fan, star.Id)));
        (await stripe.DeleteAsync("/sandbox/faults")).EnsureSuccessStatusCode();

        var charged = 0;
        foreach (var (fan, paid) in fans.Zip(tips))
        {
            await Eventually.BecomesTrueAsync(
                async () => (await fan.RefillSettingsAsync()).GetProperty("pending").ValueKind == JsonValueKind.Null, Settled, "no refill is open");
            var charges = (await RefillFans.ChargesAsync(product.Sandbox, fan.Id)).FindAll(charge => charge.Status == "succeeded");
            charges.Count.ShouldBeLessThanOrEqualTo(1);
            charges.Sum(charge => charge.AmountMinor).ShouldBe((await fan.RefillsAsync()).Sum() / 50 * 5_00);
            (await fan.BalanceAsync()).ShouldBe(110 - paid * 30 + charges.Count * 50);
            charged += charges.Count;
            fan.Dispose();
        }

        charged.ShouldBeGreaterThan(Fans / 2);
    }

    [Fact]
    public async Task A_card_that_is_declined_too_often_switches_them_off_and_the_member_is_told()
    {
        await using var storage = Storage.Sqlite();
        await using var product = await RunningProduct.StartAsync(storage, new Dictionary<string, string?> { ["Refills:DeclinesMax"] = "1" });
        using var star = await TestMember.SignInAsync(product.Gateway, isCreator: true);
        using var fan = await RefillFans.WithCardAsync(product.Gateway, product.Sandbox, "pm_card_chargeCustomerFail", tokens: 5);
        await fan.SetRefillsAsync(new { autoRefillEnabled = true, autoRefillPackage = 50 });
        using var stream = await EventStream.OpenAsync(fan.Client);

        (await fan.TipAsync(star.Id, 20)).Code.ShouldBe("insufficient_balance");

        var told = new List<string?>();
        while (told.LastOrDefault() != "refill_disabled")
        {
            var news = await stream.NextEventAsync();
            told.Add(news?.Event);
        }

        told.ShouldContain("refill_failed");
        var settings = await fan.RefillSettingsAsync();
        (settings.GetProperty("autoRefillEnabled").GetBoolean(), settings.GetProperty("disabledReason").GetString()).ShouldBe((false, "declined"));
        await fan.SetRefillsAsync(new { autoRefillEnabled = true });
        (await fan.RefillSettingsAsync()).GetProperty("disabledReason").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    // Of 110 tokens, three tips leave less than the threshold and too little for the rest.
    private static async Task<int> TipAsync(TestMember fan, Guid star)
    {
        var paid = 0;
        for (var i = 0; i < TipsEach; i++)
        {
            var tip = await fan.TipAsync(star, 30, key: $"k{i}");
            (tip.Status == 200 || tip.Code == "insufficient_balance").ShouldBeTrue(tip.Text);
            paid += tip.Status == 200 ? 1 : 0;
        }

        return paid;
    }
}
