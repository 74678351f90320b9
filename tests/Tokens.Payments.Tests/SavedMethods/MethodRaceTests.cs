using Tokens.Payments.Tests.Parts;

namespace Tokens.Payments.Tests.SavedMethods;

/// <summary>Saves, removals and purchases of the same cards at once, and Stripe's absence in the middle.</summary>
public sealed class MethodRaceTests
{
    [Theory]
    [InlineData("create")]
    [InlineData("confirm")]
    public async Task Removed_while_it_pays_a_card_is_charged_before_or_not_at_all(string heldAt)
    {
        await using var shop = await MethodShop.OpenAsync();
        var (_, methods) = await shop.KeepAsync(shop.MemberId, "1");
        var gate = shop.Stripe.Hold(heldAt);
        var buying = shop.SendAsync("saved", shop.MemberId, methods[0]);
        await shop.IsCalledAsync(heldAt);

        (await shop.SendAsync("remove", shop.MemberId, methods[0])).ShownMethods().ShouldBeEmpty();
        gate.SetResult();
        var refused = await buying;

        (refused.Status, refused.Code).ShouldBe((400, "invalid_request"));
        shop.Stripe.Charges.ShouldBe(0);
        shop.Ledger.PostingsOf(shop.MemberId).ShouldBeEmpty();
        (await shop.SendAsync("saved", shop.MemberId, methods[0])).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task Removals_of_one_card_at_once_end_alike_and_the_default_is_the_oldest_left(StorageKind kind)
    {
        await using var shop = await MethodShop.OpenAsync(kind);
        var (_, methods) = await shop.KeepAsync(shop.MemberId, "1", "2", "3");
        await shop.SendAsync("choose", shop.MemberId, methods[2]);

        var removals = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => shop.SendAsync("remove", shop.MemberId, methods[2])));

        removals.ShouldAllBe(removal => removal.Status == 200 || removal.Status == 404);
        removals.ShouldContain(removal => removal.Status == 200);
        (await shop.ListAsync(shop.MemberId)).ShouldBe([methods[0] + "*", methods[1]]);
    }

    // As when the method was made long before it was attached.
    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task The_first_that_was_seen_stays_the_default_although_an_older_one_comes(StorageKind kind)
    {
        await using var shop = await MethodShop.OpenAsync(kind);
        var (customer, _) = await shop.KeepAsync(shop.MemberId);
        var early = shop.Stripe.Cards.Make("1");
        var first = shop.Stripe.Cards.Keep(customer, "2");
        (await shop.ListAsync(shop.MemberId)).ShouldBe([first + "*"]);

        shop.Stripe.Cards.Attach(early, customer);

        (await shop.ListAsync(shop.MemberId)).ShouldBe([early, first + "*"]);
        (await shop.SendAsync("default", shop.MemberId, methodId: null)).Status.ShouldBe(200);
        shop.Stripe.Intents.Values.Single().PaymentMethod.ShouldBe(first);
    }

    [Fact]
    public async Task A_repeated_card_that_an_open_purchase_uses_is_detached_after_it()
    {
        await using var shop = await MethodShop.OpenAsync();
        var (customer, methods) = await shop.KeepAsync(shop.MemberId, "1");
        var gate = shop.Stripe.Hold("confirm");
        var buying = shop.SendAsync("saved", shop.MemberId, methods[0]);
        await shop.IsCalledAsync("confirm");
        var renewed = shop.Stripe.Cards.Keep(customer, "1", expYear: 2040);

        (await shop.ListAsync(shop.MemberId)).ShouldBe([renewed + "*"]);
        shop.Stripe.Cards.KeptFor(customer).ShouldBe([methods[0], renewed]);
        gate.SetResult();

        (await buying).Status.ShouldBe(200);
        (await shop.ListAsync(shop.MemberId)).ShouldBe([renewed + "*"]);
        shop.Stripe.Cards.KeptFor(customer).ShouldBe([renewed]);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("setup")]
    [InlineData("choose")]
    [InlineData("remove")]
    [InlineData("saved")]
    [InlineData("default")]
    [InlineData("saving")]
    public async Task Without_Stripe_nothing_is_changed_or_charged(string route)
    {
        await using var shop = await MethodShop.OpenAsync();
        var (customer, methods) = await shop.KeepAsync(shop.MemberId, "1", "2");
        shop.Stripe.Fail("payment_methods.list", StripeFault.DroppedBefore);

        var answer = await shop.SendAsync(route, shop.MemberId, methods[1]);

        (answer.Status, answer.Code).ShouldBe((503, "payment_provider_unavailable"));
        answer.RetryAfter.ShouldNotBeNull();
        (await shop.RowsAsync()).ShouldBeEmpty();
        shop.Stripe.CountOf("create").ShouldBe(0);
        shop.Stripe.Cards.KeptFor(customer).ShouldBe(methods);
        (await shop.ListAsync(shop.MemberId)).ShouldBe([methods[0] + "*", methods[1]]);
    }

    [Fact]
    public async Task A_repeated_card_that_cannot_be_detached_now_is_shown_once_and_detached_later()
    {
        await using var shop = await MethodShop.OpenAsync();
        var (customer, methods) = await shop.KeepAsync(shop.MemberId, "1", "1");
        shop.Stripe.Fail("payment_methods.detach", StripeFault.DroppedBefore);

        (await shop.ListAsync(shop.MemberId)).ShouldBe([methods[0] + "*"]);
        shop.Stripe.Cards.KeptFor(customer).ShouldBe(methods);
        (await shop.ListAsync(shop.MemberId)).ShouldBe([methods[0] + "*"]);

        shop.Stripe.Cards.KeptFor(customer).ShouldBe([methods[0]]);
    }

    [Fact]
    public async Task All_pages_of_the_list_are_read()
    {
        await using var shop = await MethodShop.OpenAsync(("Payments:SavedMethodsPageSize", "2"), ("Payments:SavedMethodsMax", "3"));
        var (_, methods) = await shop.KeepAsync(shop.MemberId, "1", "2", "3", "4", "5");
        var before = shop.Stripe.CountOf("payment_methods.list");

        (await shop.ListAsync(shop.MemberId)).ShouldBe([methods[0] + "*", .. methods[1..]]);

        (shop.Stripe.CountOf("payment_methods.list") - before).ShouldBe(3);
        (await shop.SendAsync("setup", shop.MemberId, methodId: null)).Code.ShouldBe("conflict");
        (await shop.SendAsync("remove", shop.MemberId, methods[0])).ShownMethods().ShouldBe([methods[1] + "*", .. methods[2..]]);
    }

    [Fact]
    public async Task Beyond_the_limit_of_reading_the_default_and_a_named_one_are_found()
    {
        await using var shop = await MethodShop.OpenAsync(("Payments:SavedMethodsReadMax", "100"));
        var (_, methods) = await shop.KeepAsync(shop.MemberId, "1", "2");
        await shop.SendAsync("choose", shop.MemberId, methods[1]);
        for (var number = 3; number <= 103; number++)
        {
            shop.Stripe.Cards.Keep(shop.Stripe.Cards.Customers[0], $"{number}");
        }

        var listed = await shop.ListAsync(shop.MemberId);

        listed.Length.ShouldBe(101);
        listed[0].ShouldBe(methods[1] + "*");
        (await shop.SendAsync("saved", shop.MemberId, methods[0])).Status.ShouldBe(200);
        (await shop.SendAsync("remove", shop.MemberId, methods[0])).Status.ShouldBe(200);
        (await shop.SendAsync("saved", shop.MemberId, methods[0])).Status.ShouldBe(404);
    }
}
