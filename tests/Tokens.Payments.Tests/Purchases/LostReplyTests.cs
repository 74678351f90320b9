using Tokens.Payments.Tests.Parts;
using Tokens.Testing;

namespace Tokens.Payments.Tests.Purchases;

/// <summary>A purchase whose outcome its caller was not told is found by looking, and looking starts no charge.</summary>
public sealed class LostReplyTests
{
    private static readonly TimeSpan Soon = Eventually.Deadline;

    [Theory]
    [InlineData("created", "create")]
    [InlineData("processing", "confirm", "retrieve")]
    public async Task Looking_at_an_open_purchase_never_charges_it(string status, params string[] calls)
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);
        foreach (var call in calls)
        {
            shop.Stripe.Fail(call, StripeStub.AwayForGood);
        }

        var away = await shop.BuyAsync();

        (await shop.StatusOfAsync(away.PurchaseId)).ShouldBe(status);

        shop.Stripe.Charges.ShouldBe(0);
    }

    [Fact]
    public async Task A_repeat_that_meets_a_mere_look_at_the_purchase_goes_on_to_charge()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);
        shop.Stripe.Fail("confirm", StripeStub.AwayForGood);
        shop.Stripe.Fail("retrieve", StripeStub.AwayForGood);
        var away = await shop.BuyAsync(key: "k");
        var asked = shop.Stripe.CountOf("retrieve");
        var gate = shop.Stripe.Hold("retrieve");
        var look = shop.StatusOfAsync(away.PurchaseId);
        await Eventually.BecomesTrueAsync(() => shop.Stripe.CountOf("retrieve") == asked + 1, Soon, "Stripe is asked");

        var repeat = shop.BuyAsync(key: "k");
        gate.SetResult();

        (await look).ShouldBeOneOf("processing", "succeeded");
        (await repeat).Status.ShouldBe(200);
        shop.Stripe.Charges.ShouldBe(1);
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task A_charge_whose_replies_were_lost_is_credited_when_it_is_looked_at(StorageKind kind)
    {
        await using var shop = await Shop.OpenAsync(kind);
        shop.Stripe.Fail("confirm", [.. Enumerable.Repeat(StripeFault.LostReply, 4)]);
        shop.Stripe.Fail("retrieve", StripeStub.AwayForGood);
        var away = await shop.BuyAsync(key: "k");
        away.Status.ShouldBe(503);
        shop.Stripe.Charges.ShouldBe(1);

        (await shop.StatusOfAsync(away.PurchaseId)).ShouldBe("succeeded");

        shop.SinglePosting();
        (await shop.BuyAsync(key: "k")).IsReplay.ShouldBeTrue();
        shop.Stripe.Charges.ShouldBe(1);
    }

    [Fact]
    public async Task A_charge_whose_replies_were_all_lost_is_found_within_the_same_request()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);
        shop.Stripe.Fail("confirm", [.. Enumerable.Repeat(StripeFault.LostReply, 4)]);

        (await shop.BuyAsync()).Status.ShouldBe(200);

        shop.Stripe.Charges.ShouldBe(1);
        shop.SinglePosting();
    }

    [Fact]
    public async Task A_refusal_whose_reply_was_lost_is_found_by_looking()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);
        shop.Stripe.Fail("confirm", StripeFault.ErrorAfterEffect);

        var answer = await shop.BuyAsync("pm_decline/card_declined/insufficient_funds");

        answer.Status.ShouldBe(402);
        answer["declineCode"].GetString().ShouldBe("insufficient_funds");
    }
}
