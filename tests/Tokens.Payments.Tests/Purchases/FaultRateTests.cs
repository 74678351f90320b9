using System.Net.Http.Json;
using Tokens.Payments.Tests.Parts;
using Tokens.Testing.Products;

namespace Tokens.Payments.Tests.Purchases;

/// <summary>With the product's own retries and times: what a single call is worth while Stripe errs.</summary>
[Collection(Alone.Name)]
public sealed class FaultRateTests
{
    private const int Calls = 400;
    private const int AtOnce = 200;

    [Fact]
    public async Task At_thirty_percent_errors_nine_of_ten_single_calls_are_paid_in_time()
    {
        await using var storage = Storage.Sqlite();
        await using var product = await RunningProduct.StartAsync(storage);
        using var stripe = new HttpClient { BaseAddress = product.Sandbox };
        (await stripe.PutAsJsonAsync("/sandbox/faults", new { errorRate = 0.3 })).EnsureSuccessStatusCode();
        var members = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => TestMember.SignInAsync(product.Gateway)));

        var answers = new List<(int Status, TimeSpan Took)>();
        for (var round = 0; round < Calls / AtOnce; round++)
        {
            answers.AddRange(await Task.WhenAll(members.Select(BuyAsync)));
        }

        answers.ShouldAllBe(answer => answer.Status == 200 || answer.Status == 503);
        answers.Count(answer => answer.Status == 200).ShouldBeGreaterThanOrEqualTo(Calls * 9 / 10);
        answers.Max(answer => answer.Took).ShouldBeLessThan(TimeSpan.FromSeconds(8));
    }

    private static async Task<(int Status, TimeSpan Took)> BuyAsync(TestMember member)
    {
        var started = TimeProvider.System.GetTimestamp();
        var answer = await member.PostAsync("/api/tokens/purchase", new { tokenAmount = 50, paymentMethodId = "pm_card_visa" }, Guid.CreateVersion7().ToString());
        return (answer.Status, TimeProvider.System.GetElapsedTime(started));
    }
}
