using System.Net.Http.Json;
using Tokens.Bench.Products;
using Tokens.Bench.Settings;
using Tokens.Platform.Time;

namespace Tokens.Bench.Objectives;

/// <summary>Measures single purchases while 30 of 100 calls to Stripe fail, with the product's own retries and timeouts.</summary>
internal static class ErringStripe
{
    private const string Order = """{"tokenAmount":50,"paymentMethodId":"pm_card_visa"}""";
    private const double ErrorRate = 0.3;
    private const int Buyers = 200;
    private const int PurchasesEach = 2;

    internal static Task<ObjectiveResult> MeasureAsync(ObjectivesOptions options, Servers servers, CancellationToken cancellationToken)
    {
        var sandbox = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}");
        var settings = new Dictionary<string, string> { ["ROLES"] = "gateway,api,sandbox", ["SANDBOX_URLS"] = sandbox.ToString() };
        return ObjectiveFixture.UseAsync(servers, "purchases", settings, MeasureAsync, cancellationToken);

        async Task<ObjectiveResult> MeasureAsync(ObjectiveFixture fixture)
        {
            using var stripe = new HttpClient { BaseAddress = sandbox };
            var buyers = await fixture.FansAsync(Buyers, tokens: 0, cancellationToken);
            await BuyAsync(fixture.Calls, buyers, cancellationToken);
            (await stripe.PutAsJsonAsync("/sandbox/faults", new { errorRate = ErrorRate }, cancellationToken)).EnsureSuccessStatusCode();

            var rounds = new List<IReadOnlyList<TimedAnswer>>();
            for (var round = 0; round < options.Rounds; round++)
            {
                var answers = new List<TimedAnswer>();
                for (var each = 0; each < PurchasesEach; each++)
                {
                    answers.AddRange(await BuyAsync(fixture.Calls, buyers, cancellationToken));
                }

                rounds.Add(answers);
            }

            (await stripe.DeleteAsync("/sandbox/faults", cancellationToken)).EnsureSuccessStatusCode();
            return new ObjectiveResult(
                ObjectiveNames.Purchases,
                ObjectiveFigures.OfPurchases(rounds, options.Bounds),
                [.. FaultsOf(rounds.SelectMany(round => round)), .. await fixture.LedgerFaultsAsync(ObjectiveNames.Purchases, cancellationToken)]);
        }
    }

    private static Task<TimedAnswer[]> BuyAsync(MemberCalls calls, IReadOnlyList<Member> buyers, CancellationToken cancellationToken) =>
        Task.WhenAll(buyers.Select(buyer => calls.PostAsync(buyer, "/api/tokens/purchase", Order, Uuid.NewRandom().ToString(), cancellationToken)));

    // Paid, or told to come again.
    private static IEnumerable<string> FaultsOf(IEnumerable<TimedAnswer> answers) => answers
        .Where(answer => answer.Status is not (200 or 503))
        .GroupBy(answer => answer.Status)
        .Select(group => $"{ObjectiveNames.Purchases}: {group.Count():N0} were answered {group.Key}, such as: {group.First().Text}");
}
