using Microsoft.Extensions.DependencyInjection;
using Tokens.StripeSandbox.Events;
using Tokens.StripeSandbox.Idempotency;
using Tokens.StripeSandbox.Tests.Running;
using Tokens.StripeSandbox.Webhooks;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.Tests.Idempotency;

public sealed class IdempotencyTests
{
    [Fact]
    public async Task The_same_key_and_parameters_in_any_order_replay_the_first_answer()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        const string Form = "amount=700&currency=usd&metadata[a]=1&metadata[b]=2";
        const string Shuffled = "metadata%5Bb%5D=2&metadata[a]=1&currency=usd&amount=700";
        var first = await sandbox.Caller.PostAsync(StripeCaller.Intents, Form, "order-1");
        var again = await sandbox.Caller.PostAsync(StripeCaller.Intents, Shuffled, "order-1");

        first.Replayed.ShouldBeFalse();
        first.Headers.GetValues("Idempotency-Key").ShouldBe(["order-1"]);
        again.Status.ShouldBe(200);
        again.Text.ShouldBe(first.Text);
        again.Replayed.ShouldBeTrue();
        again.Headers.GetValues("Original-Request").ShouldBe(first.Headers.GetValues("Request-Id"));
        again.Headers.GetValues("Request-Id").ShouldNotBe(first.Headers.GetValues("Request-Id"));
        (await sandbox.Caller.GetAsync(StripeCaller.Intents))["data"].GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_decline_is_replayed_without_a_second_attempt()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var id = await sandbox.Caller.CreateAsync("amount=700&currency=usd&payment_method=pm_card_chargeDeclined");

        var first = await sandbox.Caller.ConfirmAsync(id, key: "confirm-1");
        var again = await sandbox.Caller.ConfirmAsync(id, key: "confirm-1");

        first.Status.ShouldBe(402);
        again.Status.ShouldBe(402);
        again.Text.ShouldBe(first.Text);
        again.Replayed.ShouldBeTrue();
        (await sandbox.Caller.ChargesOfAsync(id)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_answer_of_500_is_kept_as_any_other()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var writes = sandbox.Services.GetRequiredService<IdempotentWrites>();
        var request = Request(sandbox, "POST /v1/anything");

        var first = await writes.RunAsync(request, (_, _) => new StripeReply(500, "lost"u8.ToArray()));
        var again = await writes.RunAsync(request, (_, _) => throw new InvalidOperationException("It must not run again."));

        first.Replayed.ShouldBeFalse();
        again.Replayed.ShouldBeTrue();
        again.Reply.Status.ShouldBe(500);
        again.Reply.Body.ShouldBe(first.Reply.Body);
    }

    [Fact]
    public async Task A_throw_leaves_neither_effect_nor_key()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var writes = sandbox.Services.GetRequiredService<IdempotentWrites>();
        var request = Request(sandbox, "POST /v1/anything");

        await Should.ThrowAsync<InvalidOperationException>(() => writes.RunAsync(request, (_, session) =>
        {
            session.Execute("INSERT INTO payment_methods (id, document) VALUES ('pm_half', '{}')");
            throw new InvalidOperationException("It breaks half-way.");
        }));

        var retried = await writes.RunAsync(request, (_, session) => StripeReply.Ok(new
        {
            half = session.Scalar<long>("SELECT count(*) FROM payment_methods WHERE id = 'pm_half'"),
        }));
        retried.Replayed.ShouldBeFalse();
        retried.Reply.Body.ShouldBe("{\"half\":0}"u8.ToArray());
    }

    [Fact]
    public async Task The_same_key_with_other_parameters_is_an_idempotency_error()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.Caller.PostAsync(StripeCaller.Intents, "amount=700&currency=usd", "order-1");

        var other = await sandbox.Caller.PostAsync(StripeCaller.Intents, "amount=701&currency=usd", "order-1");

        other.Status.ShouldBe(400);
        other.String("error", "type").ShouldBe("idempotency_error");
        other.String("error", "message")!.ShouldContain("same parameters");
        (await sandbox.Caller.GetAsync(StripeCaller.Intents))["data"].GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task The_same_key_on_another_route_is_an_idempotency_error()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var one = await sandbox.Caller.CreateAsync();
        var two = await sandbox.Caller.CreateAsync();
        await sandbox.Caller.ConfirmAsync(one, key: "confirm");

        var other = await sandbox.Caller.ConfirmAsync(two, key: "confirm");

        other.Status.ShouldBe(400);
        other.String("error", "type").ShouldBe("idempotency_error");
        (await sandbox.Caller.ChargesOfAsync(two)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Keys_of_different_api_keys_are_different_keys()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var other = new StripeCaller(sandbox.Address);

        var mine = await sandbox.Caller.PostAsync(StripeCaller.Intents, "amount=700&currency=usd", "order-1");
        var theirs = await other.PostAsync(StripeCaller.Intents, "amount=900&currency=usd", "order-1");

        theirs.Status.ShouldBe(200, theirs.Text);
        theirs.String("id").ShouldNotBe(mine.String("id"));
    }

    [Theory]
    [InlineData("amount=1&currency=usd")]
    [InlineData("amount=700")]
    [InlineData("amount=700&currency=usd&payment_method=pm_unknown")]
    [InlineData("amount=700&currency=usd&nonsense=1")]
    public async Task A_refusal_before_anything_happened_leaves_the_key_free(string form)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        (await sandbox.Caller.PostAsync(StripeCaller.Intents, form, "order-1")).Status.ShouldBe(400);
        var corrected = await sandbox.Caller.PostAsync(StripeCaller.Intents, "amount=700&currency=usd", "order-1");

        corrected.Status.ShouldBe(200, corrected.Text);
        corrected.Replayed.ShouldBeFalse();
    }

    [Fact]
    public async Task A_401_leaves_the_key_free()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var stranger = new StripeCaller(sandbox.Address) { ApiKey = "sk_live_nothing" };

        (await stranger.PostAsync(StripeCaller.Intents, "amount=700&currency=usd", "order-1")).Status.ShouldBe(401);
        (await sandbox.Caller.PostAsync(StripeCaller.Intents, "amount=700&currency=usd", "order-1")).Replayed.ShouldBeFalse();
    }

    [Fact]
    public async Task A_key_is_kept_for_a_day_and_forgotten_after_its_time()
    {
        var clock = new TestClock(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using var sandbox = await RunningSandbox.StartAsync(
            directory: null, clock, configuration: ("StripeSandbox:IdempotencyKeyHours", "25"));
        var first = await sandbox.Caller.PostAsync(StripeCaller.Intents, "amount=700&currency=usd", "order-1");

        clock.Advance(TimeSpan.FromHours(24.5));
        (await sandbox.Caller.PostAsync(StripeCaller.Intents, "amount=700&currency=usd", "order-1")).Text.ShouldBe(first.Text);
        clock.Advance(TimeSpan.FromHours(1));
        var fresh = await sandbox.Caller.PostAsync(StripeCaller.Intents, "amount=900&currency=usd", "order-1");

        fresh.Status.ShouldBe(200, fresh.Text);
        fresh.Replayed.ShouldBeFalse();
    }

    [Fact]
    public async Task A_key_of_256_characters_is_refused()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        (await sandbox.Caller.PostAsync(StripeCaller.Intents, "amount=700&currency=usd", new string('k', 255))).Status.ShouldBe(200);
        (await sandbox.Caller.PostAsync(StripeCaller.Intents, "amount=700&currency=usd", new string('k', 256)))
            .ShouldBeRefused(400, null, null);
    }

    private static StripeRequest Request(RunningSandbox sandbox, string route) => new()
    {
        Route = route,
        Id = "",
        Parameters = new Parameters(new Parameter.Hash(new(StringComparer.Ordinal))),
        ApiKeyHash = [1, 2, 3],
        RequestId = "req_1",
        IdempotencyKey = "key",
        BaseUrl = "http://127.0.0.1",
        Now = TimeProvider.System.GetUtcNow(),
        Events = new EventJournal(sandbox.Services.GetRequiredService<WebhookOutbox>(), TimeProvider.System.GetUtcNow()),
        Limits = new SandboxOptions(),
    };
}
