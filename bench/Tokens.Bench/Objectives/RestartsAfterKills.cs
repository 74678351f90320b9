using System.Diagnostics;
using Tokens.Bench.Settings;

namespace Tokens.Bench.Objectives;

/// <summary>How long members wait when the product was killed: until it is ready again, and for the first tip then.</summary>
internal static class RestartsAfterKills
{
    internal static Task<Findings> MeasureAsync(ObjectivesOptions options, Servers servers, CancellationToken cancellationToken)
    {
        return Stage.UseAsync(servers, "restarts", new Dictionary<string, string>(), MeasureAsync, cancellationToken);

        async Task<Findings> MeasureAsync(Stage stage)
        {
            var fan = (await stage.FansAsync(1, tokens: 1_000, cancellationToken))[0];
            var creator = await stage.CreatorAsync(cancellationToken);
            var restarts = new List<Restart>();
            for (var round = 0; round < options.Rounds; round++)
            {
                var killed = Stopwatch.GetTimestamp();
                await stage.KillAndStartAsync();
                var ready = Stopwatch.GetElapsedTime(killed).TotalMilliseconds;
                var tip = await stage.Calls.TipAsync(fan, creator, $"first-after-{round}", cancellationToken);
                tip.Require();
                restarts.Add(new Restart(ready, tip.Ms));
            }

            return new Findings(
                ObjectiveNames.Restarts,
                ObjectiveFigures.OfRestarts(restarts, options.Bounds),
                await stage.LedgerFaultsAsync(ObjectiveNames.Restarts, cancellationToken));
        }
    }
}
