using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tokens.Payments.Data;
using Tokens.Payments.Tests.Parts;
using Tokens.Platform.Storage;
using Tokens.Testing;

namespace Tokens.Payments.Tests.Purchases;

/// <summary>Whatever breaks on the way: charged once, credited once, or neither.</summary>
public sealed class InterruptedPurchaseTests
{
    private static readonly StripeFault[] AwayForGood = [.. Enumerable.Repeat(StripeFault.DroppedBefore, 4)];
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

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
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite, ("Resilience:Stripe:AttemptTimeoutMilliseconds", "1000"));
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
            shop.Stripe.Fail(call, AwayForGood);
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
        shop.Stripe.Fail("confirm", AwayForGood);

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

    [Fact]
    public async Task No_charge_is_asked_for_so_late_that_its_caller_would_be_told_before_it_ends()
    {
        await using var shop = await Shop.OpenAsync(
            StorageKind.Sqlite, ("Payments:LastChargeMilliseconds", "100"), ("Resilience:Stripe:RetryDelayMilliseconds", "300"));
        shop.Stripe.Fail("create", StripeFault.TooManyRequests, StripeFault.TooManyRequests);

        (await shop.BuyAsync(key: "k")).Status.ShouldBe(503);

        shop.Stripe.CountOf("confirm").ShouldBe(0);
        shop.Stripe.Intents["pi_1"].Status.ShouldBe("canceled");
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
    [InlineData("created", "create")]
    [InlineData("processing", "confirm", "retrieve")]
    public async Task Looking_at_an_open_purchase_never_charges_it(string status, params string[] calls)
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);
        foreach (var call in calls)
        {
            shop.Stripe.Fail(call, AwayForGood);
        }

        var away = await shop.BuyAsync();

        (await shop.StatusOfAsync(away.PurchaseId)).ShouldBe(status);

        shop.Stripe.Charges.ShouldBe(0);
    }

    [Fact]
    public async Task A_repeat_that_meets_a_mere_look_at_the_purchase_goes_on_to_charge()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);
        shop.Stripe.Fail("confirm", AwayForGood);
        shop.Stripe.Fail("retrieve", AwayForGood);
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
        shop.Stripe.Fail("retrieve", AwayForGood);
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

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    public async Task A_ledger_that_fails_after_the_charge_is_asked_again_under_the_same_key(int failuresBefore, int failuresAfter)
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite, ("Payments:ClaimMilliseconds", "500"));
        shop.Ledger.FailuresBefore = failuresBefore;
        shop.Ledger.FailuresAfter = failuresAfter;

        (await shop.BuyAsync(key: "k")).Status.ShouldBe(500);
        var paid = await shop.BuyAsync(key: "k");

        paid.Status.ShouldBe(200);
        paid["newBalance"].GetInt64().ShouldBe(50);
        shop.SinglePosting();
        shop.Stripe.Charges.ShouldBe(1);
    }

    [Fact]
    public async Task A_payment_of_another_amount_is_not_credited()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);
        var answer = await shop.BuyAsync("pm_3ds");
        shop.Stripe.Intents["pi_1"].Status = "succeeded";
        shop.Stripe.Intents["pi_1"].Amount = 1;

        (await shop.StatusOfAsync(answer.PurchaseId)).ShouldBe("requires_action");

        (await shop.RowAsync(answer.PurchaseId)).ParkedReason.ShouldBe("amount_mismatch");
        (await shop.BuyAsync("pm_3ds")).Status.ShouldBe(200);
        shop.Ledger.PostingsOf(shop.MemberId).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_client_that_goes_away_stops_nothing()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);
        var gate = shop.Stripe.Hold("confirm");
        using var client = new CancellationTokenSource();
        var call = shop.Host.BuyAsync(
            shop.MemberId, new { tokenAmount = 50, paymentMethodId = "pm_card_visa" }, "k", cancellationToken: client.Token);
        await Eventually.BecomesTrueAsync(() => shop.Stripe.CountOf("confirm") == 1, Soon, "the charge is asked for");
        await client.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);

        gate.SetResult();

        await Eventually.BecomesTrueAsync(() => shop.Ledger.PostingsOf(shop.MemberId).Count == 1, Soon, "the purchase is credited");
        (await shop.BuyAsync(key: "k")).IsReplay.ShouldBeTrue();
        shop.Stripe.Charges.ShouldBe(1);
    }

    [Fact]
    public async Task A_purchase_that_takes_too_long_is_answered_in_time_and_found_later()
    {
        await using var shop = await Shop.OpenAsync(
            StorageKind.Sqlite,
            ("Payments:AnswerWithinMilliseconds", "1000"),
            ("Payments:ChargeWithinMilliseconds", "800"),
            ("Payments:LastChargeMilliseconds", "700"));
        var gate = shop.Stripe.Hold("confirm");

        var late = await shop.BuyAsync(key: "k");
        late.Status.ShouldBe(503);
        gate.SetResult();
        await Eventually.BecomesTrueAsync(() => shop.Stripe.Charges == 1, Soon, "Stripe carries out what it was sent");

        (await shop.BuyAsync(key: "k")).PurchaseId.ShouldBe(late.PurchaseId);
        shop.Stripe.Charges.ShouldBe(1);
        shop.SinglePosting();
    }

    [Fact]
    public async Task A_host_that_stops_finishes_the_purchase_it_is_at()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);
        var gate = shop.Stripe.Hold("confirm");
        using var client = new CancellationTokenSource();
        var call = shop.Host.BuyAsync(
            shop.MemberId, new { tokenAmount = 50, paymentMethodId = "pm_card_visa" }, cancellationToken: client.Token);
        await Eventually.BecomesTrueAsync(() => shop.Stripe.CountOf("confirm") == 1, Soon, "the charge is asked for");
        await client.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);

        var stop = shop.Host.StopAsync();
        gate.SetResult();
        await stop;

        shop.SinglePosting();
    }

    [Fact]
    public async Task Two_hosts_with_one_key_charge_once_and_give_one_answer()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Postgres);
        var other = await shop.AddHostAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(call =>
            (call % 2 == 0 ? shop.Host : other).BuyPackageAsync(shop.MemberId, key: "k")));

        answers.ShouldAllBe(answer => answer.Status == 200);
        answers.Select(answer => answer.Text).Distinct().ShouldHaveSingleItem();
        answers.Count(answer => !answer.IsReplay).ShouldBe(1);
        shop.Stripe.Charges.ShouldBe(1);
        shop.Stripe.CountOf("create").ShouldBe(1);
        shop.SinglePosting();
    }

    [Fact]
    public async Task The_second_host_says_that_the_first_is_at_work_when_it_cannot_wait_for_it()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Postgres);
        var other = await shop.AddHostAsync(
            ("Payments:AnswerWithinMilliseconds", "1500"),
            ("Payments:ChargeWithinMilliseconds", "700"),
            ("Payments:LastChargeMilliseconds", "600"));
        var gate = shop.Stripe.Hold("confirm");
        var first = shop.BuyAsync(key: "k");
        await Eventually.BecomesTrueAsync(() => shop.Stripe.CountOf("confirm") == 1, Soon, "the first host is at work");

        var second = await other.BuyPackageAsync(shop.MemberId, key: "k");
        gate.SetResult();

        second.Status.ShouldBe(409);
        second.Code.ShouldBe("idempotency_in_progress");
        (await first).Status.ShouldBe(200);
        shop.Stripe.CountOf("confirm").ShouldBe(1);
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task The_claim_of_a_host_that_died_ends_and_the_next_one_goes_on(StorageKind kind)
    {
        await using var shop = await Shop.OpenAsync(kind, ("Payments:ClaimMilliseconds", "500"));
        shop.Stripe.Fail("confirm", AwayForGood);
        shop.Stripe.Fail("retrieve", AwayForGood);
        var away = await shop.BuyAsync(key: "k");
        // As a host leaves it that was killed in the middle of its drive.
        await shop.Host.Services.GetRequiredService<IModuleDb<PaymentsDb>>().WriteAsync(
            (db, token) => db.Purchases.Where(p => p.Id == away.PurchaseId).ExecuteUpdateAsync(
                row => row.SetProperty(p => p.ClaimedUntil, TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(1)), token),
            CancellationToken.None);

        var started = TimeProvider.System.GetTimestamp();
        var paid = await shop.BuyAsync(key: "k");

        paid.Status.ShouldBe(200);
        paid.PurchaseId.ShouldBe(away.PurchaseId);
        TimeProvider.System.GetElapsedTime(started).ShouldBeInRange(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(5));
        shop.Stripe.Charges.ShouldBe(1);
    }
}
