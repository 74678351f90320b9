using Tokens.Payments.Tests.Parts;
using Tokens.Testing;

namespace Tokens.Payments.Tests.Purchases;

/// <summary>A client that sends no key and repeats what it got no answer to pays once; one that buys twice pays twice.</summary>
[Collection(Alone.Name)]
public sealed class KeylessPurchaseTests
{
    private static readonly TimeSpan Soon = Eventually.Deadline;

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task Two_purchases_that_were_both_answered_are_two(StorageKind kind)
    {
        await using var shop = await Shop.OpenAsync(kind);

        for (var count = 1; count <= 5; count++)
        {
            var answer = await shop.BuyAsync();
            answer.Status.ShouldBe(200);
            answer.IsReplay.ShouldBeFalse();
            answer["newBalance"].GetInt64().ShouldBe(50 * count);
        }

        shop.Stripe.Charges.ShouldBe(5);
    }

    [Fact]
    public async Task On_two_hosts_too()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Postgres);
        var other = await shop.AddHostAsync();

        for (var count = 0; count < 10; count++)
        {
            (await (count % 2 == 0 ? shop.Host : other).BuyPackageAsync(shop.MemberId)).IsReplay.ShouldBeFalse();
        }

        shop.Stripe.Charges.ShouldBe(10);
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task Equal_orders_at_the_same_time_are_one(StorageKind kind)
    {
        await using var shop = await Shop.OpenAsync(kind);
        var hosts = kind == StorageKind.Postgres ? new[] { shop.Host, await shop.AddHostAsync() } : [shop.Host];
        var gate = shop.Stripe.Hold("confirm");
        var calls = Enumerable.Range(0, 50).Select(call => hosts[call % hosts.Length].BuyPackageAsync(shop.MemberId)).ToArray();
        // Only calls that meet the first one while it runs are the same purchase.
        var calm = 0;
        await Eventually.BecomesTrueAsync(
            () => (calm = hosts.Sum(host => host.Running) == 50 ? calm + 1 : 0) == 50,
            Soon,
            "all calls have come and wait");
        gate.SetResult();

        var answers = await Task.WhenAll(calls);

        answers.ShouldAllBe(answer => answer.Status == 200);
        answers.Select(answer => answer.PurchaseId).Distinct().ShouldHaveSingleItem();
        shop.Stripe.Charges.ShouldBe(1);
        shop.SinglePosting();
    }

    [Theory]
    [InlineData(StorageKind.Sqlite, "pm_card_visa")]
    [InlineData(StorageKind.Postgres, "pm_card_visa")]
    [InlineData(StorageKind.Sqlite, "pm_decline/card_declined/insufficient_funds")]
    public async Task A_repeat_of_what_was_never_answered_gets_its_outcome(StorageKind kind, string card)
    {
        await using var shop = await Shop.OpenAsync(kind);
        await BuyAndGoAwayAsync(shop, card);

        var repeat = await shop.BuyAsync(card);

        repeat.Status.ShouldBe(card == "pm_card_visa" ? 200 : 402);
        shop.Stripe.CountOf("confirm").ShouldBe(1);

        (await shop.BuyAsync(card)).Status.ShouldBe(repeat.Status);
        shop.Stripe.CountOf("confirm").ShouldBe(2);
    }

    [Fact]
    public async Task A_repeat_while_the_first_call_is_still_running_joins_it()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);
        var gate = shop.Stripe.Hold("confirm");
        await StartAndGoAwayAsync(shop, "pm_card_visa");

        var repeat = shop.BuyAsync();
        gate.SetResult();

        (await repeat).Status.ShouldBe(200);
        shop.Stripe.Charges.ShouldBe(1);
        (await shop.BuyAsync()).IsReplay.ShouldBeFalse();
        shop.Stripe.Charges.ShouldBe(2);
    }

    [Fact]
    public async Task A_purchase_that_was_told_to_be_open_is_joined_once_it_is_settled()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite, ("Settlement:PauseMilliseconds", "200"));
        shop.Stripe.Fail("confirm", [.. Enumerable.Repeat(StripeFault.LostReply, 4)]);
        shop.Stripe.Fail("retrieve", [.. Enumerable.Repeat(StripeFault.DroppedBefore, 4)]);
        var away = await shop.BuyAsync();
        away.Status.ShouldBe(503);
        await shop.BecomesAsync(away.PurchaseId, "succeeded");

        var repeat = await shop.BuyAsync();

        repeat.PurchaseId.ShouldBe(away.PurchaseId);
        shop.Stripe.Charges.ShouldBe(1);
    }

    [Fact]
    public async Task A_purchase_whose_end_was_read_is_answered()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);
        var pending = await shop.BuyAsync("pm_3ds");
        (await shop.BuyAsync("pm_3ds")).PurchaseId.ShouldBe(pending.PurchaseId);
        shop.Stripe.Intents["pi_1"].Status = "succeeded";
        (await shop.StatusOfAsync(pending.PurchaseId)).ShouldBe("succeeded");

        (await shop.BuyAsync("pm_3ds")).PurchaseId.ShouldNotBe(pending.PurchaseId);
    }

    [Fact]
    public async Task Another_amount_card_route_or_member_is_another_purchase()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);
        var first = await shop.BuyAsync("pm_3ds");

        Answer[] others =
        [
            await shop.BuyAsync("pm_3ds", tokens: 200),
            await shop.BuyAsync("pm_3ds/other"),
            await shop.Host.BuyAsync(shop.MemberId, new { tokenAmount = 50, paymentMethodId = "pm_3ds" }, route: "quick-purchase"),
            await shop.Host.BuyPackageAsync(Guid.CreateVersion7(), "pm_3ds"),
            await shop.BuyAsync("pm_3ds", key: "k"),
        ];

        others.Select(answer => answer.PurchaseId).Append(first.PurchaseId).Distinct().Count().ShouldBe(6);
    }

    [Fact]
    public async Task After_ten_minutes_an_equal_order_is_a_new_purchase()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);
        var pending = await shop.BuyAsync("pm_3ds");
        await shop.AgeAsync(pending.PurchaseId, TimeSpan.FromMinutes(11));

        (await shop.BuyAsync("pm_3ds")).PurchaseId.ShouldNotBe(pending.PurchaseId);
    }

    [Fact]
    public async Task What_was_given_up_is_not_joined()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);
        shop.Stripe.Fail("confirm", [.. Enumerable.Repeat(StripeFault.DroppedBefore, 4)]);
        var away = await shop.BuyAsync();
        away.Status.ShouldBe(503);

        var paid = await shop.BuyAsync();

        paid.Status.ShouldBe(200);
        paid.PurchaseId.ShouldNotBe(away.PurchaseId);
        shop.Stripe.Charges.ShouldBe(1);
    }

    private static async Task BuyAndGoAwayAsync(Shop shop, string card)
    {
        var gate = shop.Stripe.Hold("confirm");
        await StartAndGoAwayAsync(shop, card);
        gate.SetResult();
        await Eventually.BecomesTrueAsync(
            async () => (await shop.RowsAsync()).Single().FinishedAt is not null, Soon, "the purchase is final");
    }

    /// <summary>Hangs up once the charge is asked for.</summary>
    private static async Task StartAndGoAwayAsync(Shop shop, string card)
    {
        using var client = new CancellationTokenSource();
        var call = shop.Host.BuyAsync(shop.MemberId, new { tokenAmount = 50, paymentMethodId = card }, cancellationToken: client.Token);
        await Eventually.BecomesTrueAsync(() => shop.Stripe.CountOf("confirm") == 1, Soon, "the charge is asked for");
        await client.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);
    }
}
