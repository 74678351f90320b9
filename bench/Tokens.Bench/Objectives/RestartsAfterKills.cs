using System.Diagnostics;
using Tokens.Bench.Settings;

namespace Tokens.Bench.Objectives;

/// <summary>Measures the time from a kill until the product is ready again, and the time of the first tip after it.</summary>
internal static class RestartsAfterKills
{
    internal static Task<ObjectiveResult> MeasureAsync(ObjectivesOptions options, Servers servers, CancellationToken cancellationToken)
    {
        return ObjectiveFixture.UseAsync(servers, "restarts", new Dictionary<string, string>(), MeasureAsync, cancellationToken);

        async Task<ObjectiveResult> MeasureAsync(ObjectiveFixture fixture)
        {
            var fan = (await fixture.FansAsync(1, tokens: 1_000, cancellationToken))[0];
            var creator = await fixture.CreatorAsync(cancellationToken);
            var restarts = new List<Restart>();
            for (var round = 0; round < options.Rounds; round++)
            {
                var killed = Stopwatch.GetTimestamp();
                await fixture.KillAndStartAsync();
                var ready = Stopwatch.GetElapsedTime(killed).TotalMilliseconds;
                var tip = await fixture.Calls.TipAsync(fan, creator, $"first-after-{round}", cancellationToken);
                tip.Require();
                restarts.Add(new Restart(ready, tip.Ms));
            }

            return new ObjectiveResult(
                ObjectiveNames.Restarts,
                ObjectiveFigures.OfRestarts(restarts, options.Bounds),
                await fixture.LedgerFaultsAsync(ObjectiveNames.Restarts, cancellationToken));
        }
    }
}
