using System.Text.Json;
using Tokens.Payments;
using Tokens.Survival.Tests.Running;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Testing.Running;

namespace Tokens.Survival.Tests;

/// <summary>Killed between any two of its steps, a purchase ends right by itself.</summary>
public sealed class PurchaseFailPointTests
{
    private static readonly TimeSpan Soon = Eventually.Deadline;

    // What an event sets off is over within a moment: each of these is followed to its end before the next one begins.
    private static readonly FailPointScene<Buyer>[] SetOffByEvents =
    [
        new("EventStored", buyer => buyer.AuthenticatesAsync("succeed"), buyer => buyer.IsCreditedAsync()),
        new("EventApplied", buyer => buyer.AuthenticatesAsync("succeed"), buyer => buyer.IsCreditedAsync()),
        new("IntentCancelled", buyer => buyer.AuthenticatesAsync("fail"), buyer => buyer.IsGivenUpForGoodAsync()),
    ];

    // The others are left to the settlement, all at once at the end. Backwards, so that no purchase that settles meanwhile passes the point
    // that the next one is to die at.
    private static readonly FailPointScene<Buyer>[] LeftToSettlement =
    [
        new("OutcomeStored", buyer => buyer.BuysAsync("pm_card_visa", intents: 1), buyer => buyer.IsCreditedAsync()),
        new("Credited", buyer => buyer.BuysAsync("pm_card_visa", intents: 1), buyer => buyer.IsCreditedAsync()),
        new("ChargeAnswered", buyer => buyer.BuysAsync("pm_card_visa", intents: 1), buyer => buyer.IsCreditedAsync()),
        new("ActionStored", buyer => buyer.BuysAsync("pm_card_threeDSecure2Required", intents: 1), buyer => buyer.IsAskedAgainAsync()),
        new("ChargeStored", buyer => buyer.BuysAsync("pm_card_visa", intents: 1), buyer => buyer.BuysAnewAsync(isCancelled: true)),
        new("IntentCreated", buyer => buyer.BuysAsync("pm_card_visa", intents: 1), buyer => buyer.BuysAnewAsync()),
        new("PurchaseStored", buyer => buyer.BuysAsync("pm_card_visa", intents: 0), buyer => buyer.BuysAnewAsync()),
    ];

    [Fact]
    public async Task On_Sqlite() => await AtEveryPointAsync(Installation.Sqlite());

    [Fact]
    [Trait(Form.Trait, Form.Extended)]
    public async Task On_PostgreSQL() => await AtEveryPointAsync(await Installation.PostgresAsync());

    private static async Task AtEveryPointAsync(Installation installed)
    {
        await using var installation = installed;
        Enum.GetNames(typeof(PaymentsModule).Assembly.GetType("Tokens.Payments.PaymentsFailPoint", throwOnError: true)!)
            .ShouldBe(SetOffByEvents.Concat(LeftToSettlement).Select(scene => scene.Point), ignoreOrder: true);
        using var stripe = await StripeAside.StartAsync(installation);
        var product = await FailingProduct.StartAsync(installation);
        foreach (var scene in SetOffByEvents)
        {
            using var buyer = await Buyer.SignInAsync(installation, stripe, product, scene.Point);
            await scene.Die(buyer);
            await scene.End(buyer);
        }

        await stripe.DeliverAsync(new { paused = true });
        var buyers = new List<(FailPointScene<Buyer> Scene, Buyer Buyer)>();
        foreach (var scene in LeftToSettlement)
        {
            buyers.Add((scene, await Buyer.SignInAsync(installation, stripe, product, scene.Point)));
            await scene.Die(buyers[^1].Buyer);
        }

        await stripe.DeliverAsync(new { paused = false });
        await Task.WhenAll(buyers.Select(each => each.Scene.End(each.Buyer)));
        buyers.ForEach(each => each.Buyer.Dispose());
    }

    private sealed class Buyer : IDisposable
    {
        private const string Key = "one-key";
        private readonly StripeAside _stripe;
        private readonly FailingProduct _product;
        private readonly TestMember _member;
        private readonly string _point;
        private string _card = "pm_card_visa";

        private Buyer(StripeAside stripe, FailingProduct product, TestMember member, string point) =>
            (_stripe, _product, _member, _point) = (stripe, product, member, point);

        internal static async Task<Buyer> SignInAsync(Installation installation, StripeAside stripe, FailingProduct product, string point) =>
            new(stripe, product, await TestMember.SignInAsync(installation.Gateway), point);

        internal async Task BuysAsync(string card, int intents)
        {
            _card = card;
            _product.FailAt(_point);
            await BecomesAsync(DiesAsync, "the process ends");
            (await IntentsAsync()).Count.ShouldBe(intents, _point);
            await _product.ComeBackAsync();
        }

        internal async Task AuthenticatesAsync(string outcome)
        {
            _card = "pm_card_threeDSecure2Required";
            var asked = await OrderAsync();
            _product.FailAt(_point);
            await _stripe.AuthenticateAsync(asked.Json.GetProperty("paymentIntent").GetProperty("id").GetString()!, outcome);
            await _product.ComeBackAsync();
        }

        internal async Task IsCreditedAsync()
        {
            await BecomesAsync(async () => await _member.BalanceAsync() == 50, "the purchase is credited");

            await PaysOnceAsync();
            (await StatusAsync()).ShouldBe("succeeded", _point);
        }

        internal async Task IsAskedAgainAsync()
        {
            var again = await OrderAsync();
            again.Json.GetProperty("requiresAction").GetBoolean().ShouldBeTrue(again.Text);

            await _stripe.AuthenticateAsync((await IntentAsync()).GetProperty("id").GetString()!);

            await BecomesAsync(async () => await _member.BalanceAsync() == 50, "the purchase is credited");
        }

        internal async Task IsGivenUpForGoodAsync()
        {
            await BecomesAsync(async () => await StatusAsync() is "declined" or "cancelled", "the purchase is at its end");

            (await IntentAsync()).GetProperty("status").GetString().ShouldBe("canceled");
            (await _member.BalanceAsync()).ShouldBe(0, _point);
        }

        /// <summary>The buyer comes back and isn't charged twice, whether the old purchase is given up already or not.</summary>
        internal async Task BuysAnewAsync(bool isCancelled = false)
        {
            if (isCancelled)
            {
                await BecomesAsync(async () => (await IntentAsync()).GetProperty("status").GetString() == "canceled", "the intent is cancelled");
            }

            await PaysOnceAsync();
        }

        public void Dispose() => _member.Dispose();

        // On a busy machine a purchase may be out of time before it gets to the point.
        private async Task<bool> DiesAsync()
        {
            try
            {
                (await OrderAsync()).Status.ShouldBe(503, _point);
                return false;
            }
            catch (HttpRequestException)
            {
                return true;
            }
        }

        private Task<Answer> OrderAsync() =>
            _member.PostAsync("/api/tokens/purchase", new { tokenAmount = 50, paymentMethodId = _card }, Key);

        private async Task PaysOnceAsync()
        {
            var answer = await OrderAsync();
            answer.Status.ShouldBe(200, $"{_point}: {answer.Text}");
            answer.Json.GetProperty("success").GetBoolean().ShouldBeTrue(answer.Text);
            var intents = (await IntentsAsync()).Select(intent => intent.GetProperty("id").GetString()).ToHashSet();
            (await _stripe.ChargesAsync()).Where(charge => intents.Contains(charge.PaymentIntentId)).ShouldHaveSingleItem(_point).AmountMinor.ShouldBe(5_00);
            (await _member.BalanceAsync()).ShouldBe(50, _point);
        }

        private async Task<string?> StatusAsync()
        {
            var id = (await IntentAsync()).GetProperty("metadata").GetProperty("purchase_id").GetString();
            return (await _member.GetAsync($"/api/tokens/purchases/{id}")).Json.GetProperty("purchase").GetProperty("status").GetString();
        }

        private async Task<JsonElement> IntentAsync() => (await IntentsAsync()).ShouldHaveSingleItem(_point);

        private async Task<List<JsonElement>> IntentsAsync() =>
            [.. (await _stripe.IntentsAsync()).Where(intent => intent.GetProperty("metadata").GetProperty("member_id").GetString() == _member.Id.ToString())];

        private Task BecomesAsync(Func<Task<bool>> condition, string what) =>
            Eventually.BecomesTrueAsync(condition, Soon, $"killed at {_point}, {what}");
    }
}
