using System.Diagnostics;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Testing.Running;

namespace Tokens.Host.Tests.Telemetry;

/// <summary>The alerts of <c>deploy/prometheus</c>.</summary>
public sealed class AlertsTests
{
    private const string Alert = "- alert: ";
    private const string Folder = "deploy/prometheus";
    private static readonly TimeSpan Soon = Eventually.Deadline;

    [Fact]
    public async Task Each_fires_on_its_fault_and_is_silent_without_it()
    {
        var (alerts, tests) = (await ReadAsync("alerts.yml"), await ReadAsync("alerts.test.yml"));
        var runbook = await File.ReadAllTextAsync(Repository.Path("docs/operations.md"));
        var names = alerts.Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.StartsWith(Alert, StringComparison.Ordinal))
            .Select(line => line[Alert.Length..])
            .ToList();
        names.Count.ShouldBeGreaterThan(10);
        foreach (var name in names)
        {
            tests.ShouldContain($"- name: {name} fires\n");
            tests.ShouldContain($"- name: {name} is silent\n");
            runbook.ShouldContain($"## {name}\n");
        }

        await PromtoolAsync("check", "config", "prometheus.yml");
        await PromtoolAsync("test", "rules", "alerts.test.yml");
    }

    [Fact]
    public async Task None_fires_on_a_healthy_run()
    {
        await using var installation = Installation.Sqlite();
        installation.Settings["Figures__PauseSeconds"] = "1";
        await installation.StartAsync();
        await using var prometheus = await OwnPrometheus.StartAsync(installation.Api, Repository.Path($"{Folder}/alerts.yml"));
        using var star = await TestMember.SignInAsync(installation.Gateway, isCreator: true);
        using var fan = await TestMember.SignInAsync(installation.Gateway);
        (await fan.BuyAsync(50, "pm_card_visa", "k")).Status.ShouldBe(200);
        (await fan.TipAsync(star.Id, 10)).Status.ShouldBe(200);
        (await fan.TipAsync(star.Id, 100)).Status.ShouldBe(402);

        var evaluated = DateTimeOffset.UtcNow;
        await Eventually.BecomesTrueAsync(
            async () => (await prometheus.RulesAsync()).All(rule => rule.EvaluatedAt > evaluated + TimeSpan.FromSeconds(3)), Soon, "all alerts are evaluated");

        var rules = await prometheus.RulesAsync();
        rules.Count.ShouldBeGreaterThan(10);
        rules.ShouldAllBe(rule => rule.Health == "ok" && rule.State == "inactive");
        // The same rules see what there is: no name is spelt in another way than the product spells it.
        foreach (var metric in new[]
        {
            "tokens_wallet_ledger_imbalance", "tokens_payments_parked_items", "tokens_gift_cards_parked_items",
            "tokens_payments_settlement_oldest_age_seconds", "tokens_payments_webhook_events_total", "tokens_payments_webhook_event_lag_seconds_bucket",
            "tokens_payments_stripe_calls_total", "tokens_wallet_postings_total", "tokens_wallet_outbox_oldest_age_seconds",
            "http_server_request_duration_seconds_count", "http_server_request_duration_seconds_bucket", "tokens_gateway_limited_requests_total",
            "tokens_gateway_destination_health",
        })
        {
            (await ReadAsync("alerts.yml")).ShouldContain(metric);
            await Eventually.BecomesTrueAsync(async () => await prometheus.ValueAsync(metric) is not null, Soon, $"{metric} is told");
        }
    }

    private static Task<string> ReadAsync(string file) => File.ReadAllTextAsync(Repository.Path($"{Folder}/{file}"));

    private static async Task PromtoolAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("promtool", arguments)
        {
            WorkingDirectory = Repository.Path(Folder),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var promtool = Process.Start(start)!;
        var (output, errors) = (promtool.StandardOutput.ReadToEndAsync(), promtool.StandardError.ReadToEndAsync());
        await promtool.WaitForExitAsync();
        promtool.ExitCode.ShouldBe(0, await output + await errors);
    }
}
