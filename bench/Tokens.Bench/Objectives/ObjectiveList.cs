using Tokens.Bench.Settings;

namespace Tokens.Bench.Objectives;

/// <summary>The objectives, in the order in which they are measured.</summary>
internal static class ObjectiveList
{
    internal static IReadOnlyList<Objective> Of(ObjectivesOptions options, Servers servers) =>
    [
        new(ObjectiveNames.WebhooksOnPostgres, token => WebhookIntake.MeasureAsync(onPostgres: true, options, servers, token)),
        new(ObjectiveNames.WebhooksOnSqlite, token => WebhookIntake.MeasureAsync(onPostgres: false, options, servers, token)),
        new(ObjectiveNames.Purchases, token => ErringStripe.MeasureAsync(options, servers, token)),
        new(ObjectiveNames.Refusals, token => RefusedCodes.MeasureAsync(options, servers, token)),
        new(ObjectiveNames.Restarts, token => RestartsAfterKills.MeasureAsync(options, servers, token)),
        new(ObjectiveNames.Counting, token => AnalyticsCounting.MeasureAsync(options, servers, token)),
        new(ObjectiveNames.SlowClients, token => HeldUpMembers.MeasureAsync(options, servers, token)),
    ];
}
