using static Tokens.Host.Ops.Signals.Signal;

namespace Tokens.Host.Ops.Signals;

/// <summary>What the page draws: the questions of a bad night, in their order.</summary>
internal static class SignalList
{
    private const string Money = "Is money right?";
    private const string Members = "Are members served?";
    private const string Neighbours = "Which neighbour is ill?";
    private const double Mebibyte = 1.0 / (1024 * 1024);

    internal static readonly IReadOnlyList<Signal> All =
    [
        new(Money, "Imbalance of the ledger", "tokens", Max("tokens.wallet.ledger.imbalance")),
        new(Money, "Postings", "/s", Rate("tokens.wallet.postings", "outcome", Is("posted"))),
        new(Money, "Purchases that succeeded", "/s", Rate("tokens.payments.purchases", "status", Is("succeeded"))),
        new(Money, "Oldest unsettled purchase", "s", Max("tokens.payments.settlement.oldest_age")),
        new(Money, "Oldest row of the outbox", "s", Max("tokens.wallet.outbox.oldest_age")),
        new(Money, "Parked payments", "items", (before, now) => now.Sum("tokens.payments.parked.items")),
        new(Members, "Requests", "/s", Rate("http.server.request.duration")),
        new(Members, "Server errors", "%", Share("http.server.request.duration", "http.response.status_code", IsServerError)),
        new(Members, "99 % of requests within", "ms", Quantile("http.server.request.duration", 0.99, factor: 1_000)),
        new(Members, "Refused by limits", "/s", Together(
            Rate("aspnetcore.rate_limiting.requests", "aspnetcore.rate_limiting.result", Is("global_limiter")),
            Rate("tokens.gateway.limited_requests", "result", Is("refused")))),
        new(Members, "Postings in line", "postings", Sum("tokens.wallet.queue.length")),
        new(Members, "Balances known to the cache", "%", Share("dotnet.cache.requests", "cache.request.type", Is("hit"))),
        new(Neighbours, "Calls to Stripe", "/s", Rate("tokens.payments.stripe.calls")),
        new(Neighbours, "Errors of Stripe", "/s", Rate("tokens.payments.stripe.errors")),
        new(Neighbours, "Retries", "/s", Rate("resilience.polly.strategy.events", "event.name", Is("OnRetry"))),
        new(Neighbours, "95 % of webhooks within", "s", Quantile("tokens.payments.webhook_event.lag", 0.95)),
        new(Neighbours, "99 % of statements within", "ms", Quantile("db.client.operation.duration", 0.99, factor: 1_000)),
        new(Neighbours, "Memory of this process", "MiB", Sum("dotnet.process.memory.working_set", Mebibyte)),
        new(Neighbours, "Processors used by this process", "cores", Rate("dotnet.process.cpu.time")),
    ];

    /// <summary>The instruments that they are read from.</summary>
    internal static readonly IReadOnlySet<string> Instruments = new HashSet<string>(StringComparer.Ordinal)
    {
        "tokens.wallet.ledger.imbalance", "tokens.wallet.postings", "tokens.wallet.outbox.oldest_age", "tokens.wallet.queue.length",
        "tokens.payments.purchases", "tokens.payments.settlement.oldest_age", "tokens.payments.parked.items", "tokens.payments.stripe.calls",
        "tokens.payments.stripe.errors", "tokens.payments.webhook_event.lag", "http.server.request.duration",
        "aspnetcore.rate_limiting.requests", "tokens.gateway.limited_requests", "dotnet.cache.requests", "resilience.polly.strategy.events",
        "db.client.operation.duration", "dotnet.process.memory.working_set", "dotnet.process.cpu.time",
    };

    private static Func<string, bool> Is(string wanted) => value => value == wanted;

    private static bool IsServerError(string status) => status.StartsWith('5');
}
