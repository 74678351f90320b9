using Tokens.Bench.Products;
using Tokens.Bench.Settings;
using Tokens.Platform.Time;
using Tokens.Testing.Running;

namespace Tokens.Bench.Objectives;

/// <summary>Measures what slow clients at other addresses add to the response time of a member, with little memory.</summary>
internal static class HeldUpMembers
{
    private const int Clients = 1_600;
    private const int Addresses = 8;
    // So many clients that open at once take the processors that the product needs, because here they run on its machine.
    private const int SettleSeconds = 5;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    private static readonly Dictionary<string, string> Settings = new()
    {
        ["DATABASE_URL"] = "",
        ["REDIS_URL"] = "",
        ["RATE_LIMITS"] = "on",
        ["DOTNET_GCHeapHardLimit"] = "0x20000000",
    };

    internal static Task<ObjectiveResult> MeasureAsync(ObjectivesOptions options, Servers servers, CancellationToken cancellationToken)
    {
        return ObjectiveFixture.UseAsync(servers, "slow_clients", Settings, MeasureAsync, cancellationToken);

        async Task<ObjectiveResult> MeasureAsync(ObjectiveFixture fixture)
        {
            var fan = (await fixture.FansAsync(1, tokens: 1_000_000, cancellationToken))[0];
            var creator = await fixture.CreatorAsync(cancellationToken);
            await CallAsync(SettleSeconds);
            var rounds = new List<BesideSlowClients>();
            for (var round = 0; round < options.Rounds; round++)
            {
                var (calm, beside) = (await CallAsync(options.Seconds), new Dictionary<string, IReadOnlyList<double>>());
                foreach (var request in SlowRequest.All)
                {
                    await using var clients = await SlowClients.OpenAsync(fixture.Product.Gateway, request, Clients, Addresses);
                    await CallAsync(SettleSeconds);
                    beside.Add(request.Name, await CallAsync(options.Seconds));
                }

                rounds.Add(new BesideSlowClients(calm, beside));
            }

            return new ObjectiveResult(
                ObjectiveNames.SlowClients,
                ObjectiveFigures.OfSlowClients(rounds, options.Bounds),
                await fixture.LedgerFaultsAsync(ObjectiveNames.SlowClients, cancellationToken));

            Task<IReadOnlyList<double>> CallAsync(int seconds) => HeldUpMembers.CallAsync(fixture.Calls, fan, creator, seconds, cancellationToken);
        }
    }

    /// <summary>Milliseconds of each call, one at a time: every fourth is a tip, the others look at the balance.</summary>
    private static async Task<IReadOnlyList<double>> CallAsync(MemberCalls calls, Member fan, Guid creator, int seconds, CancellationToken cancellationToken)
    {
        var ms = new List<double>();
        using var pace = new PeriodicTimer(Pace, TimeProvider.System);
        for (var i = 0; i < seconds / Pace.TotalSeconds && await pace.WaitForNextTickAsync(cancellationToken); i++)
        {
            var answer = i % 4 == 3
                ? await calls.TipAsync(fan, creator, Uuid.NewRandom().ToString(), cancellationToken)
                : await calls.BalanceAsync(fan, cancellationToken);
            answer.Require();
            ms.Add(answer.Ms);
        }

        return ms;
    }
}
