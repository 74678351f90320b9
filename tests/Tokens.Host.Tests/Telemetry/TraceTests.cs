using System.Net.Http.Json;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Testing.Running;

namespace Tokens.Host.Tests.Telemetry;

/// <summary>What arrives at a receiver of traces.</summary>
public sealed class TraceTests
{
    private static readonly TimeSpan Soon = Eventually.Deadline;

    [Fact]
    public Task A_tip_is_one_trace_from_the_gateway_to_the_commit_and_on_to_whoever_counts_it() => TipIsOneTraceAsync("PostgreSQL");

    [Fact]
    [Trait(Form.Trait, Form.Extended)]
    public Task A_tip_is_one_trace_on_SQLite_too() => TipIsOneTraceAsync("SQLite");

    [Fact]
    public Task A_purchase_is_one_trace_from_the_gateway_to_Stripe_and_from_its_webhook_to_the_credit() => PurchaseIsOneTraceAsync("PostgreSQL");

    [Fact]
    [Trait(Form.Trait, Form.Extended)]
    public Task A_purchase_is_one_trace_on_SQLite_too() => PurchaseIsOneTraceAsync("SQLite");

    [Fact]
    public async Task The_standard_variables_say_how_many_are_told()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var silent = Installation.EmptySqlite();
        silent.Settings["OTEL_TRACES_SAMPLER"] = "always_off";
        silent.Settings["Logging__LogLevel__Default"] = "Information";
        await using var installation = await Traced(silent, receiver);
        using var fan = await TestMember.SignInAsync(installation.Gateway);
        (await fan.GetAsync("/api/tokens/balance")).Status.ShouldBe(200);

        await Eventually.BecomesTrueAsync(() => receiver.Bodies.Any(body => body.Contains("tokens.build.info")), Soon, "metrics arrive");
        await Eventually.BecomesTrueAsync(() => receiver.Bodies.Any(body => body.Contains("Applying")), Soon, "messages arrive");

        receiver.Spans.ShouldBeEmpty();
    }

    [Fact]
    public async Task Metrics_may_be_left_to_Prometheus()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var installation = Prepare(Installation.Sqlite(), receiver);
        installation.Settings["OTEL_METRICS_EXPORTER"] = "none";
        var process = await installation.StartAsync();
        using var operations = new HttpClient { BaseAddress = installation.Api };

        await Eventually.BecomesTrueAsync(() => !receiver.Spans.IsEmpty, Soon, "traces arrive");
        (await operations.GetStringAsync("/metrics")).ShouldContain("tokens_build_info");
        // An end of the process sends what is left of every signal.
        process.Terminate();
        await process.WaitForExitAsync(Soon);

        receiver.Bodies.ShouldAllBe(body => !body.Contains("tokens.build.info", StringComparison.Ordinal));
    }

    private static async Task TipIsOneTraceAsync(string storage)
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var installation = await Traced(await NewAsync(storage), receiver);
        using var star = await TestMember.SignInAsync(installation.Gateway, isCreator: true);
        using var fan = await TestMember.SignInAsync(installation.Gateway);
        (await fan.BuyAsync(50, "pm_card_visa", "k")).Status.ShouldBe(200);
        (await fan.TipAsync(star.Id, 10, key: "k")).Status.ShouldBe(200);

        var tip = await TraceAsync(receiver, "POST /api/tokens/tip", trace => Delivered(trace).Count >= 2);

        tip[0].Name.ShouldStartWith("POST /api/tokens");
        var batch = tip.Single(span => span.Name == "ledger.batch");
        var told = Delivered(tip);
        told.Select(span => span.Attributes["tokens.wallet.subscriber"]).ShouldBe(["analytics", "refills"], ignoreOrder: true);
        told.ShouldAllBe(span => span.ParentId == batch.Id);
        if (storage == "PostgreSQL")
        {
            tip.ShouldContain(span => span.ParentId == batch.Id && span.Attributes.ContainsKey("db.system.name"), "its statements");
            // What was delivered together with another commit has its statements in the trace of the first.
            var statements = receiver.Spans.Where(span => span.Attributes.ContainsKey("db.system.name")).Select(span => span.ParentId).ToHashSet();
            told.ShouldAllBe(span => statements.Contains(span.Id) || span.LinkedTraceIds.Count == 1);
        }

        ShouldTellNoSecret(receiver, fan.Token, star.Token);
    }

    private static async Task PurchaseIsOneTraceAsync(string storage)
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var installation = await Traced(await NewAsync(storage), receiver);
        using var fan = await TestMember.SignInAsync(installation.Gateway);
        var asked = await fan.BuyAsync(50, "pm_card_threeDSecure2Required", "k");
        var intent = asked.Json.GetProperty("paymentIntent").GetProperty("id").GetString();
        using var holder = new HttpClient { BaseAddress = installation.Sandbox };
        (await holder.PostAsJsonAsync($"/sandbox/payment_intents/{intent}/authenticate", new { outcome = "succeed" })).EnsureSuccessStatusCode();

        var purchase = await TraceAsync(receiver, "POST /api/tokens/purchase", trace => Delivered(trace).Count >= 2);

        purchase[0].Name.ShouldStartWith("POST /api/tokens");
        var drive = purchase.First(span => span.Name == "purchase.drive");
        // To make the intent and to confirm it.
        purchase.Count(span => span.Name == "POST" && span.ParentId == drive.Id).ShouldBe(2);
        var received = purchase.Single(span => span.Name == "stripe_event.receive");
        received.Attributes["tokens.payments.event.type"].ShouldBe("payment_intent.succeeded");
        received.LinkedTraceIds.ShouldHaveSingleItem().ShouldNotBe(received.TraceId, "that of the request that brought the event");
        var applied = purchase.Single(span => span.Name == "stripe_event.apply");
        applied.ParentId.ShouldBe(received.Id);
        purchase.Single(span => span.Name == "ledger.batch").ParentId.ShouldBe(applied.Id);
        ShouldTellNoSecret(receiver, fan.Token, asked.Json.GetProperty("paymentIntent").GetProperty("client_secret").GetString()!);
    }

    private static List<OtlpReceiver.Span> Delivered(List<OtlpReceiver.Span> trace) => trace.FindAll(span => span.Name == "outbox.deliver");

    /// <summary>
    /// The trace of the span of that name, its first span at its head, once it is all there: no other span's parent is missing. The first
    /// has one when the client that asked tells of a trace of its own.
    /// </summary>
    private static async Task<List<OtlpReceiver.Span>> TraceAsync(
        OtlpReceiver receiver, string name, Func<List<OtlpReceiver.Span>, bool> isComplete)
    {
        List<OtlpReceiver.Span> trace = [];
        try
        {
            await Eventually.BecomesTrueAsync(IsThere, Soon, "the trace is complete");
        }
        catch (TimeoutException)
        {
            Assert.Fail("Incomplete:\n" + string.Join('\n', trace.Select(span => $"{span.Id} below {span.ParentId}: {span.Name}")));
        }

        return trace;

        bool IsThere()
        {
            var spans = receiver.Spans.ToList();
            var id = spans.Find(span => span.Name == name)?.TraceId;
            var all = spans.FindAll(span => span.TraceId == id);
            var ids = all.Select(span => span.Id).ToHashSet(StringComparer.Ordinal);
            trace = [.. all.OrderBy(span => ids.Contains(span.ParentId))];
            return isComplete(trace) && trace.Count(span => !ids.Contains(span.ParentId)) == 1;
        }
    }

    private static void ShouldTellNoSecret(OtlpReceiver receiver, params string[] secrets) => receiver.Bodies.ShouldAllBe(
        body => !secrets.Concat(new[] { "sk_test_", "_secret_" }).Any(secret => body.Contains(secret, StringComparison.Ordinal)));

    private static async Task<Installation> NewAsync(string storage) =>
        storage == "SQLite" ? Installation.Sqlite() : await Installation.PostgresAsync();

    private static async Task<Installation> Traced(Installation installation, OtlpReceiver receiver)
    {
        await Prepare(installation, receiver).StartAsync();
        return installation;
    }

    private static Installation Prepare(Installation installation, OtlpReceiver receiver)
    {
        installation.Settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Address.AbsoluteUri;
        installation.Settings["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        installation.Settings["OTEL_BSP_SCHEDULE_DELAY"] = "200";
        installation.Settings["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
        return installation;
    }
}
