using System.Diagnostics;
using System.Net.Http.Json;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Testing.Running;

namespace Tokens.Host.Tests.Telemetry;

/// <summary>What a real Prometheus knows of a load is what the test has made.</summary>
public sealed class PrometheusTests
{
    private static readonly TimeSpan Soon = Eventually.Deadline;

    [Fact]
    public async Task Every_count_is_what_was_done() => await CountsAgreeAsync(await Installation.PostgresAsync());

    [Fact]
    [Trait(Form.Trait, Form.Extended)]
    public Task Every_count_is_what_was_done_on_SQLite_too() => CountsAgreeAsync(Installation.Sqlite());

    [Fact]
    public Task However_many_members_there_are_no_metric_grows_with_them() => NoMetricGrowsAsync(members: 1_000);

    [Fact]
    [Trait(Form.Trait, Form.Extended)]
    public Task With_ten_thousand_members_no_metric_grows_with_them() => NoMetricGrowsAsync(members: 10_000);

    [Fact]
    public async Task Both_formats_are_read_by_those_who_know_them_and_only_beside_the_gateway()
    {
        await using var installation = Installation.Sqlite();
        // Nobody listens there: traces are made all the same.
        installation.Settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = LoopbackPort.Address().AbsoluteUri;
        await installation.StartAsync();
        using var star = await TestMember.SignInAsync(installation.Gateway, isCreator: true);
        using var gateway = new HttpClient { BaseAddress = installation.Gateway };
        using var api = new HttpClient { BaseAddress = installation.Api };

        var text = await api.GetStringAsync("/metrics");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { { "Accept", "application/openmetrics-text" } } };
        using var open = await api.SendAsync(request);

        var check = new ProcessStartInfo("promtool", "check metrics") { RedirectStandardInput = true, RedirectStandardError = true, UseShellExecute = false };
        using var promtool = Process.Start(check)!;
        await promtool.StandardInput.WriteAsync(text);
        promtool.StandardInput.Close();
        (await promtool.StandardError.ReadToEndAsync()).ShouldNotContain("error");
        open.Content.Headers.ContentType!.MediaType.ShouldBe("application/openmetrics-text");
        var openText = await open.Content.ReadAsStringAsync();
        openText.ShouldEndWith("# EOF\n");
        openText.ShouldContain(" # {trace_id=\"");
        openText.ShouldContain("# UNIT http_server_request_duration_seconds seconds\n");
        ((int)(await gateway.GetAsync("/metrics")).StatusCode).ShouldBe(404);
    }

    private static async Task CountsAgreeAsync(Installation product)
    {
        await using var installation = product;
        var ops = LoopbackPort.Address();
        installation.Settings["OPS_URLS"] = ops.AbsoluteUri;
        installation.Settings["RATE_LIMITS"] = "on";
        installation.Settings["Figures__PauseSeconds"] = "1";
        await installation.StartAsync();
        await using var prometheus = await OwnPrometheus.StartAsync(ops);
        using var star = await TestMember.SignInAsync(installation.Gateway, isCreator: true);
        using var fan = await TestMember.SignInAsync(installation.Gateway);
        using var other = await TestMember.SignInAsync(installation.Gateway);

        // Five are allowed in a minute.
        (await StatusesAsync(6, _ => BuyAsync(fan, "pm_card_visa"))).ShouldBe([200, 200, 200, 200, 200, 429]);
        (await StatusesAsync(2, _ => BuyAsync(other, "pm_card_chargeDeclined"))).ShouldBe([402, 402]);
        (await StatusesAsync(12, i => fan.TipAsync(star.Id, 10, key: $"tip {i % 8}"))).ShouldAllBe(status => status == 200);
        (await StatusesAsync(3, _ => other.TipAsync(star.Id, 10))).ShouldAllBe(status => status == 402);
        // What the declines leave is cancelled after their answers.
        await IsAsync("tokens_payments_stripe_calls_total{operation='payment_intents.cancel',outcome='answered'}", 2);
        using var stripe = new HttpClient { BaseAddress = installation.Sandbox };
        (await stripe.PutAsJsonAsync("/sandbox/faults", new { rateLimitRate = 1.0 })).EnsureSuccessStatusCode();
        (await BuyAsync(other, "pm_card_visa")).Status.ShouldBe(503);
        (await stripe.DeleteAsync("/sandbox/faults")).EnsureSuccessStatusCode();

        await IsAsync("tokens_wallet_postings_total{kind='tip',outcome='posted'}", 8);
        await IsAsync("tokens_wallet_postings_total{kind='tip',outcome='already_posted'}", 4);
        await IsAsync("tokens_wallet_postings_total{kind='tip',outcome='insufficient_balance'}", 3);
        await IsAsync("tokens_payments_purchases_total{status='succeeded'}", 5);
        await IsAsync("tokens_payments_purchases_total{status='declined'}", 2);
        await IsAsync("tokens_payments_stripe_calls_total{operation='payment_intents.confirm',outcome='answered'}", 5);
        await IsAsync("tokens_payments_stripe_calls_total{operation='payment_intents.confirm',outcome='card_error'}", 2);
        await IsAsync("tokens_payments_stripe_errors_total{type='card_error',code='card_declined'}", 2);
        await IsAsync("tokens_payments_stripe_calls_total{operation='payment_intents.create',outcome='rate_limited'}", 1);
        await IsAsync("tokens_payments_stripe_errors_total{code='rate_limit'}", 4);
        await IsAsync("resilience_polly_strategy_events_total{pipeline_name='stripe',event_name='OnRetry'}", 3);
        await IsAsync("aspnetcore_rate_limiting_requests_total{aspnetcore_rate_limiting_policy='payments.purchase',aspnetcore_rate_limiting_result='global_limiter'}", 1);
        await IsAsync("aspnetcore_rate_limiting_requests_total{aspnetcore_rate_limiting_policy='payments.purchase',aspnetcore_rate_limiting_result='acquired'}", 8);
        await IsAsync("http_server_request_duration_seconds_count{http_route='/api/tokens/tip',http_response_status_code='200'}", 12);
        await IsAsync("http_server_request_duration_seconds_count{http_route='/api/tokens/tip',http_response_status_code='402'}", 3);
        await IsAsync("tokens_payments_webhook_event_lag_seconds_count{type='payment_intent.succeeded',outcome='applied'}", 5);
        await IsAsync("tokens_gateway_destination_health{cluster='api'}", 1);
        await IsAsync("tokens_wallet_ledger_imbalance", 0);
        await IsAsync("tokens_payments_parked_items", 0);
        await IsAsync("tokens_wallet_outbox_pending", 0);
        await IsAsync("tokens_build_info", 1);

        Task IsAsync(string expression, double expected) => Eventually.BecomesTrueAsync(
            async () => await prometheus.ValueAsync($"sum({expression})") == expected, Soon, $"{expression} is {expected}");
    }

    private static async Task NoMetricGrowsAsync(int members)
    {
        const int TagSetsMax = 200;
        await using var installation = Installation.Sqlite();
        var ops = LoopbackPort.Address();
        installation.Settings["OPS_URLS"] = ops.AbsoluteUri;
        await installation.StartAsync();
        using var star = await TestMember.SignInAsync(installation.Gateway, isCreator: true);
        // One client for all: as many of their own would use up the machine's ports.
        using var client = new HttpClient { BaseAddress = installation.Gateway };
        await Parallel.ForEachAsync(Enumerable.Range(0, members), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, stop) =>
        {
            var signedIn = await Answer.ReadAsync(await client.PostAsJsonAsync("/dev/token", new { name = $"Member {i}" }, stop));
            var token = signedIn.Json.GetProperty("token").GetString()!;
            var tip = JsonContent.Create(new { creatorId = star.Id, amountTokens = 10 });
            (await AsAsync(token, HttpMethod.Post, "/api/tokens/tip", tip)).ShouldBe(402);
            (await AsAsync(token, HttpMethod.Get, $"/api/tokens/purchases/{Guid.NewGuid()}")).ShouldBe(404);
            (await AsAsync(token, HttpMethod.Get, $"/api/tokens/nowhere/{i}")).ShouldBe(404);
        });
        using var operations = new HttpClient { BaseAddress = ops };

        var text = await operations.GetStringAsync("/metrics");

        text.ShouldNotContain(star.Id.ToString());
        var families = text.Split('\n').Where(line => line.Length > 0 && line[0] != '#' && !line.Contains("le=\"", StringComparison.Ordinal))
            .GroupBy(line => line[..line.IndexOfAny(['{', ' '])], StringComparer.Ordinal).ToList();
        families.Count.ShouldBeGreaterThan(50);
        families.ShouldAllBe(family => family.Count() <= TagSetsMax);

        async Task<int> AsAsync(string token, HttpMethod method, string path, HttpContent? content = null)
        {
            using var request = new HttpRequestMessage(method, path) { Content = content };
            request.Headers.Authorization = new("Bearer", token);
            using var answer = await client.SendAsync(request);
            return (int)answer.StatusCode;
        }
    }

    private static async Task<List<int>> StatusesAsync(int count, Func<int, Task<Answer>> call)
    {
        var statuses = new List<int>();
        for (var i = 0; i < count; i++)
        {
            statuses.Add((await call(i)).Status);
        }

        return statuses;
    }

    private static Task<Answer> BuyAsync(TestMember member, string card) =>
        member.PostAsync("/api/tokens/purchase", new { tokenAmount = 50, paymentMethodId = card }, Guid.NewGuid().ToString());
}
