namespace Tokens.Bench.Objectives;

/// <summary>Names of the objectives, for reports and for <c>--only</c>.</summary>
internal static class ObjectiveNames
{
    internal const string WebhooksOnPostgres = "webhooks, PostgreSQL";
    internal const string WebhooksOnSqlite = "webhooks, SQLite";
    internal const string Purchases = "purchases, Stripe erring";
    internal const string Refusals = "gift cards, refusals";
    internal const string Restarts = "restarts after kills";
    internal const string SlowClients = "slow clients beside members";
    internal const string Counting = "analytics, counting";

    internal static readonly IReadOnlyList<string> All =
        [WebhooksOnPostgres, WebhooksOnSqlite, Purchases, Refusals, Restarts, Counting, SlowClients];
}
