using Tokens.Payments.Tests.Parts;
using Tokens.Testing;
using Tokens.Testing.Products;
using static Tokens.Payments.Tests.SavedMethods.MemberMethods;

namespace Tokens.Payments.Tests.SavedMethods;

/// <summary>Cards as the member knows them: each kept once, and none when Stripe has the customer no longer.</summary>
public abstract class SavedCardTests(ProductFixture fixture)
{
    [Fact]
    public async Task A_card_that_is_saved_again_by_purchase_or_setup_is_kept_once()
    {
        using var member = await fixture.SignInAsync();
        await KeepAsync(member, "pm_card_visa");
        await KeepAsync(member, "pm_card_amex");
        var kept = await member.ListMethodsAsync();

        for (var i = 0; i < 3; i++)
        {
            await member.BuyAsync("pm_card_visa", saves: true, 200);
            await KeepAsync(member, "pm_card_amex");
        }

        (await member.ListMethodsAsync()).ShouldBe(kept);
        (await fixture.Product.Sandbox.AttachedWithAsync(kept[0].Id)).Count.ShouldBe(2);
        (await fixture.Product.Sandbox.PayingMethodAsync(await member.BuyWithSavedAsync())).ShouldBe(kept[0].Id);
    }

    [Fact]
    public async Task Equal_cards_saved_at_once_by_purchases_become_one()
    {
        using var member = await fixture.SignInAsync();

        // Each repeated as a client does, until it is answered.
        await Task.WhenAll(Enumerable.Range(0, 5).Select(i => Eventually.BecomesTrueAsync(
            async () => (await member.SaveByPurchaseAsync("pm_card_visa", key: $"k{i}")).Status == 200, RefillFans.Soon, "the purchase is paid")));

        var kept = (await member.ListMethodsAsync()).Single();
        kept.IsDefault.ShouldBeTrue();
        (await fixture.Product.Sandbox.AttachedWithAsync(kept.Id)).ShouldBe([kept.Id]);
        (await member.BalanceAsync()).ShouldBe(250);
    }

    [Fact]
    public async Task A_customer_that_was_deleted_at_Stripe_leaves_nothing_kept_and_the_next_save_begins_anew()
    {
        using var member = await fixture.SignInAsync();
        await KeepAsync(member, "pm_card_visa");
        await member.SetRefillsAsync(new { autoRefillEnabled = true, autoRefillPackage = 50 });
        var lost = (await member.ListMethodsAsync()).Single().Id;
        await fixture.Product.Sandbox.DeleteCustomerOfAsync(lost);

        (await member.ListMethodsAsync()).ShouldBeEmpty();
        (await member.BuyWithSavedAsync()).Status.ShouldBe(400);
        (await member.BuyWithSavedAsync(lost)).Code.ShouldBe("not_found");
        (await member.ChooseAsync(lost)).Code.ShouldBe("not_found");
        (await member.RemoveAsync(lost)).Code.ShouldBe("not_found");
        var trigger = await member.TriggerAsync("low_balance");
        (trigger.Status, trigger.Json.GetProperty("message").GetString()).ShouldBe((200, "Refill conditions not met"));

        await member.BuyAsync("pm_card_mastercard", saves: true, 200);

        var kept = (await member.ListMethodsAsync()).Single();
        (kept.Brand, kept.IsDefault).ShouldBe(("mastercard", true));
        await fixture.Product.Sandbox.DeleteCustomerOfAsync(kept.Id);
        await KeepAsync(member, "pm_card_amex");
        (await member.ListMethodsAsync()).Single().Brand.ShouldBe("amex");
        (await member.TriggerAsync("low_balance")).Json.GetProperty("refillExecuted").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_refill_is_paid_by_the_default_that_follows_a_removed_one()
    {
        using var member = await fixture.SignInAsync();
        foreach (var card in Cards.Take(3))
        {
            await KeepAsync(member, card);
        }

        var kept = await member.ListMethodsAsync();
        await member.ChooseAsync(kept[2].Id);
        await member.SetRefillsAsync(new { autoRefillEnabled = true, autoRefillPackage = 50 });

        var removal = await member.RemoveAsync(kept[2].Id);

        MethodsOf(removal).ShouldBe([kept[0] with { IsDefault = true }, kept[1] with { IsDefault = false }]);
        (await fixture.Product.Sandbox.PayingMethodAsync(await member.TriggerAsync("low_balance"))).ShouldBe(kept[0].Id);
    }

    private Task KeepAsync(TestMember member, string card) => KeptCards.KeepAsync(fixture.Product.Sandbox, member, card);
}

public sealed class SavedCardOnSqliteTests(SqliteProduct product) : SavedCardTests(product), IClassFixture<SqliteProduct>;

public sealed class SavedCardOnPostgresTests(PostgresProduct product) : SavedCardTests(product), IClassFixture<PostgresProduct>;
