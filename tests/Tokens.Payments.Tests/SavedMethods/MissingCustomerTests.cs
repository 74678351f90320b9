using Tokens.Payments.Tests.Parts;

namespace Tokens.Payments.Tests.SavedMethods;

/// <summary>A customer that Stripe has no longer: what was kept for it is gone, and the next save makes another one.</summary>
public sealed class MissingCustomerTests
{
    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task Nothing_is_kept_any_more_and_the_next_save_makes_another_customer_under_another_key(StorageKind kind)
    {
        await using var shop = await MethodShop.OpenAsync(kind);
        var (first, _) = await shop.KeepAsync(shop.MemberId, "1", "2");
        (await shop.SendAsync("choose", shop.MemberId, "pm_kept_2")).ShownMethods().ShouldBe(["pm_kept_1", "pm_kept_2*"]);

        shop.Stripe.Cards.Delete(first);

        (await shop.ListAsync(shop.MemberId)).ShouldBeEmpty();
        (await shop.SendAsync("saved", shop.MemberId, "pm_kept_2")).Status.ShouldBe(404);
        (await shop.SendAsync("default", shop.MemberId, methodId: null)).Status.ShouldBe(400);
        var (second, _) = await shop.KeepAsync(shop.MemberId, "3");
        second.ShouldNotBe(first);
        (await shop.ListAsync(shop.MemberId)).ShouldBe(["pm_kept_3*"]);
        shop.Stripe.Cards.Delete(second);
        (await shop.SendAsync("saving", shop.MemberId, methodId: null)).Status.ShouldBe(200);

        shop.Stripe.KeysOf("customers.create").Distinct().Count().ShouldBe(3);
        shop.Stripe.Cards.Customers.ShouldHaveSingleItem();
    }

    // The right key finds again what was there before the wrong one.
    [Fact]
    public async Task While_nothing_is_saved_the_customer_is_kept_in_mind()
    {
        await using var shop = await MethodShop.OpenAsync();
        await shop.KeepAsync(shop.MemberId, "1", "2");
        await shop.SendAsync("choose", shop.MemberId, "pm_kept_2");
        shop.Stripe.Refuse("payment_methods.list", 400, "invalid_request_error", "resource_missing", "customer");
        (await shop.ListAsync(shop.MemberId)).ShouldBeEmpty();
        (await shop.SendAsync("default", shop.MemberId, methodId: null)).Status.ShouldBe(400);

        shop.Stripe.Allow("payment_methods.list");

        (await shop.ListAsync(shop.MemberId)).ShouldBe(["pm_kept_1", "pm_kept_2*"]);
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task Many_saves_at_once_agree_on_the_customer_that_takes_its_place(StorageKind kind)
    {
        await using var shop = await MethodShop.OpenAsync(kind);
        var other = await shop.AddHostAsync();
        var (first, _) = await shop.KeepAsync(shop.MemberId);
        shop.Stripe.Cards.Delete(first);

        var setups = await Task.WhenAll(Enumerable.Range(0, 10).Select(i =>
            (i % 2 == 0 ? shop.Host : other).SendAsync(shop.MemberId, HttpMethod.Post, MethodShop.Methods + "/setup")));

        setups.ShouldAllBe(setup => setup.Status == 200);
        shop.Stripe.Cards.Customers.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Deleted_right_before_the_charge_nothing_is_charged_and_the_next_purchase_saves()
    {
        await using var shop = await MethodShop.OpenAsync();
        var (customer, _) = await shop.KeepAsync(shop.MemberId);
        var gate = shop.Stripe.Hold("create");
        var buying = shop.SendAsync("saving", shop.MemberId, methodId: null);
        await shop.IsCalledAsync("create");
        shop.Stripe.Cards.Delete(customer);
        gate.SetResult();

        var refused = await buying;

        (refused.Status, refused.Code).ShouldBe((400, "invalid_request"));
        shop.Stripe.Charges.ShouldBe(0);
        (await shop.SendAsync("saving", shop.MemberId, methodId: null)).Status.ShouldBe(200);
        shop.Stripe.Charges.ShouldBe(1);
    }

    // Stripe answers a stored failure for a day.
    [Theory]
    [InlineData(StripeFault.ErrorWithoutEffect)]
    [InlineData(StripeFault.ErrorAfterEffect)]
    public async Task A_creation_whose_key_is_spent_is_tried_under_another_key(StripeFault fault)
    {
        await using var shop = await MethodShop.OpenAsync();
        shop.Stripe.Fail("customers.create", fault);

        await shop.KeepAsync(shop.MemberId, "1");

        (await shop.ListAsync(shop.MemberId)).ShouldBe(["pm_kept_1*"]);
        shop.Stripe.KeysOf("customers.create").Distinct().Count().ShouldBe(2);
    }
}
