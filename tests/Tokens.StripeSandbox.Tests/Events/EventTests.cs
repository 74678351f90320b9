using System.Text.Json;
using Tokens.StripeSandbox.Tests.Running;

namespace Tokens.StripeSandbox.Tests.Events;

public sealed class EventTests
{
    private const string Events = "/v1/events";
    private const string New = "amount=700&currency=usd&payment_method=";

    [Theory]
    [InlineData("pm_card_visa", "payment_intent.created", "charge.succeeded", "payment_intent.succeeded")]
    [InlineData("pm_card_chargeDeclined", "payment_intent.created", "charge.failed", "payment_intent.payment_failed")]
    [InlineData("pm_card_threeDSecure2Required", "payment_intent.created", "payment_intent.requires_action")]
    public async Task Each_change_of_an_object_writes_its_event(string card, params string[] types)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var answer = await sandbox.Caller.PostAsync(StripeCaller.Intents, $"{New}{card}&confirm=true", "order-1");

        var events = await OldestFirstAsync(sandbox);
        events.Select(TypeOf).ShouldBe(types);
        events.ShouldAllBe(occurred => occurred.GetProperty("request").GetProperty("idempotency_key").GetString() == "order-1");
        events.ShouldAllBe(occurred =>
            occurred.GetProperty("request").GetProperty("id").GetString() == answer.Headers.GetValues("Request-Id").Single());
    }

    [Fact]
    public async Task An_event_carries_the_object_as_it_was_answered()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var created = await sandbox.Caller.PostAsync(StripeCaller.Intents, New + "pm_card_visa&metadata[a]=€");
        var paid = await sandbox.Caller.ConfirmAsync(created.String("id")!);

        var events = await OldestFirstAsync(sandbox);

        Object(events[0]).GetRawText().ShouldBe(created.Text);
        Object(events[2]).GetRawText().ShouldBe(paid.Text);
        var charge = Object(events[1]);
        charge.GetProperty("object").GetString().ShouldBe("charge");
        charge.GetProperty("id").GetString().ShouldBe(paid.String("latest_charge"));
        charge.GetProperty("payment_intent").GetString().ShouldBe(paid.String("id"));
        foreach (var occurred in events)
        {
            occurred.GetProperty("id").GetString()!.ShouldStartWith("evt_");
            occurred.GetProperty("object").GetString().ShouldBe("event");
            occurred.GetProperty("api_version").GetString().ShouldBe(paid.Headers.GetValues("Stripe-Version").Single());
            occurred.GetProperty("livemode").GetBoolean().ShouldBeFalse();
            occurred.GetProperty("pending_webhooks").GetInt32().ShouldBe(0);
            occurred.GetProperty("created").GetInt64().ShouldBeInRange(created["created"].GetInt64(), created["created"].GetInt64() + 60);
            occurred.GetProperty("request").GetProperty("idempotency_key").ValueKind.ShouldBe(JsonValueKind.Null);
            var retrieved = await sandbox.Caller.GetAsync($"{Events}/{occurred.GetProperty("id").GetString()}");
            retrieved.Text.ShouldBe(occurred.GetRawText());
        }
    }

    [Theory]
    [InlineData("pm_card_threeDSecure2Required", "succeed", "charge.succeeded", "payment_intent.succeeded")]
    [InlineData("pm_card_threeDSecure2Required", "fail", "payment_intent.payment_failed")]
    [InlineData("pm_card_threeDSecureRequiredChargeDeclined", "succeed", "charge.failed", "payment_intent.payment_failed")]
    public async Task What_the_cards_holder_causes_has_no_request(string card, string outcome, params string[] types)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var id = await sandbox.Caller.CreateAsync(New + card);
        await sandbox.Caller.ConfirmAsync(id);

        await sandbox.Caller.AuthenticateAsync(id, outcome);

        var events = (await OldestFirstAsync(sandbox)).Skip(2).ToList();
        events.Select(TypeOf).ShouldBe(types);
        events.ShouldAllBe(occurred => occurred.GetProperty("request").GetProperty("id").ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public async Task A_cancel_is_told_and_a_repeat_refusal_or_update_is_not()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var created = await sandbox.Caller.PostAsync(StripeCaller.Intents, New + "pm_card_visa", "order-1");
        var path = $"{StripeCaller.Intents}/{created.String("id")}";
        await sandbox.Caller.PostAsync(StripeCaller.Intents, New + "pm_card_visa", "order-1");
        await sandbox.Caller.PostAsync(StripeCaller.Intents, New + "pm_unknown");
        await sandbox.Caller.PostAsync(path, "description=words");
        await sandbox.Caller.PostAsync($"{path}/cancel");
        await sandbox.Caller.PostAsync($"{path}/cancel");
        await sandbox.Caller.PostAsync($"{path}/confirm");

        var events = await OldestFirstAsync(sandbox);

        events.Select(TypeOf).ShouldBe(["payment_intent.created", "payment_intent.canceled"]);
        Object(events[1]).GetProperty("status").GetString().ShouldBe("canceled");
    }

    [Fact]
    public async Task Pages_go_from_new_to_old_and_back()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        for (var i = 0; i < 25; i++)
        {
            await sandbox.Caller.CreateAsync();
        }

        var first = await sandbox.Caller.GetAsync($"{Events}?limit=20");
        first.String("url").ShouldBe(Events);
        first["has_more"].GetBoolean().ShouldBeTrue();
        var second = await sandbox.Caller.GetAsync($"{Events}?limit=20&starting_after={Ids(first)[^1]}");
        Ids(second).Count.ShouldBe(5);
        second["has_more"].GetBoolean().ShouldBeFalse();
        Ids(first).Intersect(Ids(second)).ShouldBeEmpty();
        Ids(await sandbox.Caller.GetAsync($"{Events}?limit=20&ending_before={Ids(second)[0]}")).ShouldBe(Ids(first));
    }

    [Fact]
    public async Task Events_are_found_by_type()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.Caller.PostAsync(StripeCaller.Intents, New + "pm_card_visa&confirm=true");
        await sandbox.Caller.PostAsync(StripeCaller.Intents, New + "pm_card_chargeDeclined&confirm=true");

        foreach (var (query, types) in new (string, string[])[]
        {
            ("type=charge.succeeded", ["charge.succeeded"]),
            ("type=charge.*", ["charge.failed", "charge.succeeded"]),
            ("type=charge", []),
            ("types[]=charge.failed&types[]=payment_intent.succeeded", ["charge.failed", "payment_intent.succeeded"]),
            ("type=payment_intent.created&limit=1", ["payment_intent.created"]),
        })
        {
            var found = await sandbox.Caller.GetAsync($"{Events}?{query}");
            found["data"].EnumerateArray().Select(TypeOf).ShouldBe(types, customMessage: query);
        }
    }

    [Fact]
    public async Task Events_are_found_by_time()
    {
        var clock = new TestClock(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using var sandbox = await RunningSandbox.StartAsync(directory: null, clock);
        var early = await sandbox.Caller.CreateAsync();
        clock.Advance(TimeSpan.FromSeconds(5));
        var late = await sandbox.Caller.CreateAsync();
        var moment = clock.GetUtcNow().ToUnixTimeSeconds();

        Subjects(await sandbox.Caller.GetAsync($"{Events}?created[gte]={moment}")).ShouldBe([late]);
        Subjects(await sandbox.Caller.GetAsync($"{Events}?created[lt]={moment}")).ShouldBe([early]);
        Subjects(await sandbox.Caller.GetAsync($"{Events}?created={moment}")).ShouldBe([late]);
    }

    [Theory]
    [InlineData("limit=0", "parameter_invalid_integer", "limit")]
    [InlineData("starting_after=evt_unknown", "resource_missing", "starting_after")]
    [InlineData("type=", "parameter_invalid_empty", "type")]
    [InlineData("type=charge%3F", null, "type")]
    [InlineData("type=[a-z]", null, "type")]
    [InlineData("types[]=charge.*", null, "types")]
    [InlineData("type=charge.failed&types[]=charge.failed", null, "types")]
    [InlineData("delivery=1", "parameter_unknown", "delivery")]
    public async Task A_wrong_filter_is_named(string query, string? code, string param)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        (await sandbox.Caller.GetAsync($"{Events}?{query}")).ShouldBeRefused(400, code, param);
    }

    [Fact]
    public async Task Too_many_types_are_refused()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var types = string.Join('&', Enumerable.Range(0, 21).Select(i => $"types[]=charge.t{i}"));
        (await sandbox.Caller.GetAsync($"{Events}?{types}")).ShouldBeRefused(400, null, "types");
    }

    [Fact]
    public async Task An_unknown_event_is_404()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        (await sandbox.Caller.GetAsync($"{Events}/evt_unknown")).ShouldBeRefused(404, "resource_missing", "id");
    }

    private static async Task<List<JsonElement>> OldestFirstAsync(RunningSandbox sandbox) =>
        [.. (await sandbox.Caller.GetAsync($"{Events}?limit=100"))["data"].EnumerateArray().Reverse()];

    private static string? TypeOf(JsonElement occurred) => occurred.GetProperty("type").GetString();

    private static JsonElement Object(JsonElement occurred) => occurred.GetProperty("data").GetProperty("object");

    private static List<string> Ids(Answer list) => [.. list["data"].EnumerateArray().Select(occurred => occurred.GetProperty("id").GetString()!)];

    private static List<string?> Subjects(Answer list) =>
        [.. list["data"].EnumerateArray().Select(occurred => Object(occurred).GetProperty("id").GetString())];
}
