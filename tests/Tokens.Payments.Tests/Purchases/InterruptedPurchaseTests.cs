using Tokens.Payments.Tests.Parts;

namespace Tokens.Payments.Tests.Purchases;

/// <summary>Whatever breaks on the way: charged once, credited once, or neither.</summary>
public sealed class InterruptedPurchaseTests
{
    public static TheoryData<string, StripeFault, string[]> PassingFaults => new()
    {
        { "create", StripeFault.TooManyRequests, ["create:1", "create:1"] },
        { "create", StripeFault.Conflict, ["create:1", "create:1"] },
        { "create", StripeFault.DroppedBefore, ["create:1", "create:1"] },
        { "create", StripeFault.LostReply, ["create:1", "create:1"] },
        { "create", StripeFault.ErrorWithoutEffect, ["create:1", "create:2"] },
        { "create", StripeFault.ErrorAfterEffect, ["create:1", "create:2"] },
        { "confirm", StripeFault.TooManyRequests, ["confirm:1", "confirm:1"] },
        { "confirm", StripeFault.Conflict, ["confirm:1", "confirm:1"] },
        { "confirm", StripeFault.DroppedBefore, ["confirm:1", "confirm:1"] },
        { "confirm", StripeFault.LostReply, ["confirm:1", "confirm:1"] },
        { "confirm", StripeFault.Silence, ["confirm:1", "confirm:1"] },
        { "confirm", StripeFault.ErrorWithoutEffect, ["confirm:1", "confirm:2"] },
        { "confirm", StripeFault.ErrorAfterEffect, ["confirm:1"] },
    };

    [Theory]
    [MemberData(nameof(PassingFaults))]
    public async Task A_passing_fault_is_overcome_under_the_right_key(string call, StripeFault fault, string[] keys)
    {
        // Long enough that no other answer is given up on a busy machine.
        var timeout = fault == StripeFault.Silence ? "2000" : "4000";
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite, ("Resilience:Stripe:AttemptTimeoutMilliseconds", timeout));
        shop.Stripe.Fail(call, fault);

        var answer = await shop.BuyAsync(key: "k");

        answer.Status.ShouldBe(200);
        shop.Stripe.KeysOf(call).ShouldBe([.. keys.Select(key => $"{answer.PurchaseId}:{key}")]);
        shop.Stripe.Charges.ShouldBe(1);
        shop.SinglePosting();
    }

    [Theory]
    [InlineData(StorageKind.Sqlite, "create")]
    [InlineData(StorageKind.Postgres, "create")]
    [InlineData(StorageKind.Sqlite, "confirm", "retrieve")]
    [InlineData(StorageKind.Postgres, "confirm", "retrieve")]
    public async Task While_Stripe_is_away_the_purchase_stays_open_and_the_same_key_goes_on_with_it(StorageKind kind, params string[] calls)
    {
        await using var shop = await Shop.OpenAsync(kind);
        foreach (var call in calls)
        {
            shop.Stripe.Fail(call, StripeStub.AwayForGood);
        }

        var away = await shop.BuyAsync(key: "k");
        away.Status.ShouldBe(503);
        away.Code.ShouldBe("payment_provider_unavailable");
        away.RetryAfter.ShouldBe(TimeSpan.FromSeconds(5));
        shop.Ledger.PostingsOf(shop.MemberId).ShouldBeEmpty();

        var paid = await shop.BuyAsync(key: "k");
        paid.Status.ShouldBe(200);
        paid.IsReplay.ShouldBeFalse();
        paid.PurchaseId.ShouldBe(away.PurchaseId);
        shop.Stripe.Charges.ShouldBe(1);
        shop.SinglePosting();
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task A_charge_that_cannot_be_started_is_given_up_before_its_caller_is_told(StorageKind kind)
    {
        await using var shop = await Shop.OpenAsync(kind);
        shop.Stripe.Fail("confirm", StripeStub.AwayForGood);

        var away = await shop.BuyAsync(key: "k");

        away.Status.ShouldBe(503);
        away.Code.ShouldBe("payment_provider_unavailable");
        away.RetryAfter.ShouldBe(TimeSpan.FromSeconds(5));
        shop.Stripe.Intents["pi_1"].Status.ShouldBe("canceled");
        (await shop.StatusOfAsync(away.PurchaseId)).ShouldBe("cancelled");
        var paid = await shop.BuyAsync(key: "k");
        paid.Status.ShouldBe(200);
        paid.PurchaseId.ShouldNotBe(away.PurchaseId);
        shop.Stripe.Charges.ShouldBe(1);
        shop.SinglePosting();
    }

    [Theory]
    [InlineData(StripeFault.Unauthorized, 1)]
    [InlineData(StripeFault.TooManyRequests, 4)]
    [InlineData(StripeFault.ErrorWithoutEffect, 4)]
    public async Task A_Stripe_that_refuses_its_service_is_unavailable(StripeFault fault, int times)
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);
        shop.Stripe.Fail("create", [.. Enumerable.Repeat(fault, times)]);

        (await shop.BuyAsync()).Code.ShouldBe("payment_provider_unavailable");

        shop.Stripe.CountOf("create").ShouldBe(times);
        shop.Stripe.CountOf("confirm").ShouldBe(0);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    public async Task A_ledger_that_fails_after_the_charge_is_asked_again_under_the_same_key(int failuresBefore, int failuresAfter)
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite, ("Payments:ClaimMilliseconds", "500"));
        shop.Ledger.FailuresBefore = failuresBefore;
        shop.Ledger.FailuresAfter = failuresAfter;

        var failed = await shop.BuyAsync(key: "k");
        failed.Status.ShouldBe(503);
        failed.RetryAfter.ShouldBe(TimeSpan.FromSeconds(5));
        var paid = await shop.BuyAsync(key: "k");

        paid.Status.ShouldBe(200);
        paid["newBalance"].GetInt64().ShouldBe(50);
        paid.PurchaseId.ShouldBe(failed.PurchaseId);
        shop.SinglePosting();
        shop.Stripe.Charges.ShouldBe(1);
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(500, 250L)]
    [InlineData(500, 0L)]
    public async Task A_payment_of_another_amount_is_not_credited(long amount, long? received)
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);
        var answer = await shop.BuyAsync("pm_3ds");
        shop.Stripe.Intents["pi_1"].Amount = amount;
        shop.Stripe.Intents["pi_1"].AmountReceived = received;
        shop.Stripe.Intents["pi_1"].Status = "succeeded";

        (await shop.StatusOfAsync(answer.PurchaseId)).ShouldBe("requires_action");

        (await shop.RowAsync(answer.PurchaseId)).ParkedReason.ShouldBe("amount_mismatch");
        (await shop.BuyAsync("pm_3ds")).Status.ShouldBe(200);
        shop.Ledger.PostingsOf(shop.MemberId).ShouldBeEmpty();
    }
}
