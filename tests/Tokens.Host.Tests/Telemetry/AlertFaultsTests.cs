using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Testing.Running;

namespace Tokens.Host.Tests.Telemetry;

/// <summary>Every alert of <c>deploy/prometheus</c>, asked of a real Prometheus while its fault is made on a real product.</summary>
public sealed class AlertFaultsTests
{
    private static readonly TimeSpan Soon = Eventually.Deadline;

    [Fact]
    public async Task Each_is_silent_until_its_fault_is_made_and_fires_then()
    {
        using var rules = new TemporaryDirectory();
        var names = await AtOnceAsync(rules.Path);
        await using var postgres = await OwnPostgres.StartNewAsync();
        await using var installation = await Installation.PostgresAsync(postgres.Databases);
        Set(installation.Settings);
        var process = await installation.StartAsync();
        using var bench = await FaultBench.OpenAsync(installation);
        // What has never been counted has no series, and what has no series doesn't grow.
        await bench.DoALittleAsync();
        await using var prometheus = await OwnPrometheus.StartAsync(installation.Api, Path.Combine(rules.Path, "alerts.yml"));
        await prometheus.ScrapesAsync();
        await Eventually.BecomesTrueAsync(async () => (await FiringAsync(prometheus)).Count == 0, Soon, "nothing is wrong yet");

        var seen = new HashSet<string>(StringComparer.Ordinal);
        await MakeAsync(["WebhooksRefused"], bench.RefusedWebhookAsync);
        await MakeAsync(["WebhooksLag"], bench.LateWebhookAsync);
        await MakeAsync(["PostingsFail", "RequestsFail"], () => bench.TipsWithoutAnAnswerAsync(postgres));
        // With another version, so that no drive that is at the purchase writes over what is made here.
        await MakeAsync(["SettlementLags"], () => bench.ExecuteAsync(
            "UPDATE payments.purchases SET status = 'processing', created_at = now() - interval '10 minutes', next_check_at = now() + interval '1 hour', version = version + 1 WHERE status = 'requires_action'"));
        await MakeAsync(["PaymentsParked"], () => bench.ExecuteAsync("UPDATE payments.purchases SET parked_reason = 'keeps_failing', version = version + 1 WHERE status IN ('processing', 'requires_action')"));
        await MakeAsync(["GiftCardsParked"], () => bench.ExecuteAsync("UPDATE giftcards.cards SET parked_reason = 'keeps_failing'"));
        await MakeAsync(["OutboxLags"], () => bench.ExecuteAsync(
            "INSERT INTO wallet.outbox_deliveries (subscriber, batch_id, transfers, posted_at, failures, due_at) VALUES ('analytics', gen_random_uuid(), 1, now() - interval '5 minutes', 0, now() + interval '1 hour')"));
        await MakeAsync(["RefillsFail"], bench.DeclinedRefillsAsync);
        await bench.SandboxAsync(new { latencyMs = 3_000 });
        await MakeAsync(["RequestsSlow", "RequestsShed"], bench.ManyPurchasesAsync);
        await bench.SandboxAsync(new { errorRate = 1 });
        await MakeAsync(["StripeFails", "BreakerOpens"], bench.ManyPurchasesAsync);
        await MakeAsync(["SwitchedOff"], () => bench.ExecuteAsync("INSERT INTO platform.switches (name, off_since) VALUES ('buying', now()) ON CONFLICT DO NOTHING"));
        await MakeAsync(["LedgerImbalance"], () => bench.ExecuteAsync(
            "UPDATE wallet.accounts SET balance_tokens = balance_tokens + 1 WHERE id = (SELECT id FROM wallet.accounts WHERE system_name IS NOT NULL LIMIT 1)"));
        await postgres.StopAsync();
        try
        {
            await MakeAsync(["FiguresUnknown"], () => Task.CompletedTask);
        }
        finally
        {
            await postgres.StartAsync();
        }

        await process.KillAsync();
        await MakeAsync(["HostDown"], () => Task.CompletedTask);

        seen.Append("DestinationDown").ShouldBe(names, ignoreOrder: true);

        async Task MakeAsync(string[] wanted, Func<Task> fault)
        {
            (await FiringAsync(prometheus)).Intersect(wanted).ShouldBeEmpty("no alert before its fault");
            await Eventually.BecomesTrueAsync(
                async () =>
                {
                    await fault();
                    await prometheus.ScrapesAsync(isUp: wanted is not ["HostDown"]);
                    return wanted.All((await FiringAsync(prometheus)).Contains);
                },
                Soon,
                $"{string.Join(" and ", wanted)} fires");
            seen.UnionWith(wanted);
        }
    }

    [Fact]
    public async Task A_destination_that_is_away_is_one()
    {
        using var rules = new TemporaryDirectory();
        await AtOnceAsync(rules.Path);
        await using var installation = Installation.Sqlite();
        var ops = LoopbackPort.Address();
        installation.Settings["OPS_URLS"] = ops.AbsoluteUri;
        installation.Settings["GATEWAY_DESTINATIONS"] = LoopbackPort.Address().AbsoluteUri;
        installation.Launch("--roles", "gateway");

        await using var prometheus = await OwnPrometheus.StartAsync(ops, Path.Combine(rules.Path, "alerts.yml"));

        await Eventually.BecomesTrueAsync(async () => (await FiringAsync(prometheus)).Contains("DestinationDown"), Soon, "the alert fires");
    }

    private static void Set(Dictionary<string, string?> settings)
    {
        settings["STRIPE_WEBHOOK_SECRET"] = FaultBench.Secret;
        settings["Figures__PauseSeconds"] = "1";
        settings["Wallet__ImbalancePauseSeconds"] = "10";
        settings["Gateway__RequestsMax"] = "20";
        settings["Ledger__QueueCapacity"] = "2";
        settings["Ledger__BatchSizeMax"] = "1";
        settings["Resilience__Stripe__RetriesMax"] = "0";
        settings["Resilience__Stripe__BreakerCallsMin"] = "2";
        settings["Resilience__Stripe__BreakerOpenMilliseconds"] = "500";
    }

    /// <summary>Writes the alerts there without their patience, and gives their names.</summary>
    private static async Task<List<string>> AtOnceAsync(string directory)
    {
        var lines = await File.ReadAllLinesAsync(Repository.Path("deploy/prometheus/alerts.yml"));
        await File.WriteAllLinesAsync(
            Path.Combine(directory, "alerts.yml"),
            lines.Select(line => line.TrimStart().StartsWith("for: ", StringComparison.Ordinal) ? line[..line.IndexOf("for: ", StringComparison.Ordinal)] + "for: 0s" : line));
        const string alert = "- alert: ";
        return [.. lines.Where(line => line.TrimStart().StartsWith(alert, StringComparison.Ordinal)).Select(line => line.TrimStart()[alert.Length..])];
    }

    private static async Task<HashSet<string>> FiringAsync(OwnPrometheus prometheus) =>
        [.. (await prometheus.RulesAsync()).Where(rule => rule.State == "firing").Select(rule => rule.Name)];
}
