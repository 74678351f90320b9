using Tokens.Payments;
using Tokens.Survival.Tests.Running;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Testing.Running;

namespace Tokens.Survival.Tests;

/// <summary>Killed between any two of its steps, a purchase ends right by itself.</summary>
public sealed class CrashPointTests
{
    private const int AtOnce = 2;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private static readonly Dictionary<string, Func<Scene, Task>> Scenes = new()
    {
        ["PurchaseStored"] = scene => scene.BuysAndIsGivenUpAsync(intents: 0),
        ["IntentCreated"] = scene => scene.BuysAndIsGivenUpAsync(intents: 1),
        ["ChargeStored"] = scene => scene.BuysAndIsGivenUpAsync(intents: 1, intentStatus: "canceled"),
        ["ChargeAnswered"] = scene => scene.BuysAndIsCreditedAsync(),
        ["Credited"] = scene => scene.BuysAndIsCreditedAsync(),
        ["OutcomeStored"] = scene => scene.BuysAndIsCreditedAsync(),
        ["ActionStored"] = scene => scene.IsAskedToAuthenticateAsync(),
        ["IntentCancelled"] = scene => scene.FailsToAuthenticateAsync(),
        ["EventStored"] = scene => scene.AuthenticatesAsync(),
        ["EventApplied"] = scene => scene.AuthenticatesAsync(),
    };

    [Fact]
    public async Task On_Sqlite() => await AtEveryPointAsync(() => Task.FromResult(Installation.Sqlite()));

    [Fact]
    [Trait(Form.Trait, Form.Extended)]
    public async Task On_PostgreSQL() => await AtEveryPointAsync(Installation.PostgresAsync);

    private static async Task AtEveryPointAsync(Func<Task<Installation>> install)
    {
        var points = Enum.GetNames(typeof(PaymentsModule).Assembly.GetType("Tokens.Payments.Survival.CrashPoint", throwOnError: true)!);
        points.ShouldBe(Scenes.Keys, ignoreOrder: true);
        await Parallel.ForEachAsync(points, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (point, _) =>
        {
            await using var installation = await install();
            await using var scene = await Scene.BeginAsync(installation, point);
            await Scenes[point](scene);
        });
    }

    private sealed class Scene : IAsyncDisposable
    {
        private const string Key = "one-key";
        private readonly Installation _installation;
        private readonly StripeAside _stripe;
        private readonly ProductProcess _process;
        private readonly TestMember _member;
        private readonly string _point;

        private Scene(Installation installation, StripeAside stripe, ProductProcess process, TestMember member, string point)
        {
            _installation = installation;
            _stripe = stripe;
            _process = process;
            _member = member;
            _point = point;
        }

        internal static async Task<Scene> BeginAsync(Installation installation, string point)
        {
            var stripe = await StripeAside.StartAsync(installation);
            var process = installation.Launch(new Dictionary<string, string?> { ["Payments__Survival__CrashAt"] = point });
            await process.WaitUntilReadyAsync(installation.Gateway);
            return new Scene(installation, stripe, process, await TestMember.SignInAsync(installation.Gateway), point);
        }

        internal async Task BuysAndIsGivenUpAsync(int intents, string? intentStatus = null)
        {
            await BuyUntilItDiesAsync("pm_card_visa");
            (await _stripe.IntentsAsync()).Count.ShouldBe(intents, _point);
            if (intentStatus is not null)
            {
                await BecomesAsync(async () => (await SingleIntentAsync()).GetProperty("status").GetString() == intentStatus, $"the intent is {intentStatus}");
            }

            // The caller comes back and isn't charged twice, whether the old purchase is given up already or not.
            await PaysOnceAsync(await BuyAsync("pm_card_visa"));
        }

        internal async Task BuysAndIsCreditedAsync()
        {
            await BuyUntilItDiesAsync("pm_card_visa");

            await BecomesAsync(async () => await _member.BalanceAsync() == 50, "the purchase is credited");

            await PaysOnceAsync(await BuyAsync("pm_card_visa"));
        }

        internal async Task IsAskedToAuthenticateAsync()
        {
            await BuyUntilItDiesAsync("pm_card_threeDSecure2Required");
            var again = await BuyAsync("pm_card_threeDSecure2Required");
            again.Json.GetProperty("requiresAction").GetBoolean().ShouldBeTrue(again.Text);
            (await _stripe.IntentsAsync()).Count.ShouldBe(1);

            await _stripe.AuthenticateAsync((await SingleIntentAsync()).GetProperty("id").GetString()!);

            await BecomesAsync(async () => await _member.BalanceAsync() == 50, "the purchase is credited");
        }

        internal async Task FailsToAuthenticateAsync()
        {
            var asked = await BuyAsync("pm_card_threeDSecure2Required");
            await _stripe.AuthenticateAsync(IntentOf(asked), "fail");
            await DiesAndComesBackAsync();

            await BecomesAsync(async () => await StatusAsync(asked) is "declined" or "cancelled", "the purchase is at its end");

            (await SingleIntentAsync()).GetProperty("status").GetString().ShouldBe("canceled");
            (await _member.BalanceAsync()).ShouldBe(0);
        }

        internal async Task AuthenticatesAsync()
        {
            var asked = await BuyAsync("pm_card_threeDSecure2Required");
            await _stripe.AuthenticateAsync(IntentOf(asked));
            await DiesAndComesBackAsync();

            await BecomesAsync(async () => await _member.BalanceAsync() == 50, "the purchase is credited");

            (await StatusAsync(asked)).ShouldBe("succeeded");
            await PaysOnceAsync(await BuyAsync("pm_card_threeDSecure2Required"));
        }

        public ValueTask DisposeAsync()
        {
            _member.Dispose();
            _stripe.Dispose();
            return ValueTask.CompletedTask;
        }

        private static string IntentOf(Answer answer) => answer.Json.GetProperty("paymentIntent").GetProperty("id").GetString()!;

        private async Task<string?> StatusAsync(Answer answer)
        {
            var id = answer.Json.GetProperty("transaction").GetProperty("id").GetGuid();
            return (await _member.GetAsync($"/api/tokens/purchases/{id}")).Json.GetProperty("purchase").GetProperty("status").GetString();
        }

        private async Task<System.Text.Json.JsonElement> SingleIntentAsync() => (await _stripe.IntentsAsync()).ShouldHaveSingleItem();

        private Task<Answer> BuyAsync(string card) =>
            _member.PostAsync("/api/tokens/purchase", new { tokenAmount = 50, paymentMethodId = card }, Key);

        private async Task BuyUntilItDiesAsync(string card)
        {
            await BecomesAsync(() => DiesAtAsync(card), "the process ends");
            await DiesAndComesBackAsync();
        }

        // On a busy machine a purchase may be out of time before it gets to the point.
        private async Task<bool> DiesAtAsync(string card)
        {
            try
            {
                (await BuyAsync(card)).Status.ShouldBe(503, _point);
                return false;
            }
            catch (HttpRequestException)
            {
                return true;
            }
        }

        private async Task DiesAndComesBackAsync()
        {
            await _process.WaitForExitAsync(Soon);
            await _installation.StartAsync();
        }

        private async Task PaysOnceAsync(Answer answer)
        {
            answer.Status.ShouldBe(200, $"{_point}: {answer.Text}");
            answer.Json.GetProperty("success").GetBoolean().ShouldBeTrue(answer.Text);
            (await _stripe.ChargesAsync()).ShouldHaveSingleItem(_point).AmountMinor.ShouldBe(5_00);
            (await _member.BalanceAsync()).ShouldBe(50, _point);
        }

        private Task BecomesAsync(Func<Task<bool>> condition, string what) =>
            Eventually.BecomesTrueAsync(condition, Soon, $"killed at {_point}, {what}");
    }
}
