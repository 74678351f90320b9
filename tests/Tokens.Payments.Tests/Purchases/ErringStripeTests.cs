using System.Net.Http.Json;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Testing.Running;

namespace Tokens.Payments.Tests.Purchases;

/// <summary>With the product's own retries: what becomes of purchases while Stripe errs. How many are paid at once, the benchmark measures.</summary>
public sealed class ErringStripeTests
{
    private const int Buyers = 40;
    private static readonly TimeSpan Soon = Eventually.Deadline;

    [Fact]
    public async Task At_thirty_percent_errors_everybody_is_paid_or_told_to_come_again_and_a_repeat_pays_once()
    {
        await using var storage = Storage.Sqlite();
        await using var product = await RunningProduct.StartAsync(storage);
        using var stripe = new HttpClient { BaseAddress = product.Sandbox };
        var members = await Task.WhenAll(Enumerable.Range(0, Buyers).Select(_ => TestMember.SignInAsync(product.Gateway)));
        (await stripe.PutAsJsonAsync("/sandbox/faults", new { errorRate = 0.3 })).EnsureSuccessStatusCode();

        var answers = await Task.WhenAll(members.Select(BuyAsync));

        answers.ShouldAllBe(answer => answer.Status == 200 || (answer.Status == 503 && answer.Headers.RetryAfter != null));
        answers.ShouldContain(answer => answer.Status == 200);
        (await stripe.DeleteAsync("/sandbox/faults")).EnsureSuccessStatusCode();
        foreach (var member in members)
        {
            await Eventually.BecomesTrueAsync(async () => (await BuyAsync(member)).Status == 200, Soon, "the repeat is paid");
            (await member.BalanceAsync()).ShouldBe(50);
            member.Dispose();
        }

        var charges = (await Answer.ReadAsync(await stripe.GetAsync("/sandbox/charges"))).Json.GetProperty("charges");
        charges.GetArrayLength().ShouldBe(Buyers);
        using var admin = await Members.AdminAsync(product.Gateway);
        await Members.LedgerShouldBeCleanAsync(admin);
    }

    private static Task<Answer> BuyAsync(TestMember member) =>
        member.PostAsync("/api/tokens/purchase", new { tokenAmount = 50, paymentMethodId = "pm_card_visa" }, "one-key");
}
