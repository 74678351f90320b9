using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Tokens.StripeSandbox.Tests.Running;

namespace Tokens.StripeSandbox.Tests.Faults;

public sealed class FaultTests
{
    private const string Faults = "/sandbox/faults";
    private const string Form = "amount=700&currency=usd&payment_method=pm_card_visa&confirm=true";

    [Fact]
    public async Task A_dropped_connection_did_nothing()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.Caller.PutAsync(Faults, """{"dropConnectionRate":1}""");

        await Should.ThrowAsync<HttpRequestException>(() => sandbox.Caller.PostAsync(StripeCaller.Intents, Form, "order-1"));
        await Should.ThrowAsync<HttpRequestException>(() => sandbox.Caller.GetAsync(StripeCaller.Intents));

        await NothingHappenedAsync(sandbox);
    }

    [Fact]
    public async Task A_rate_limit_did_nothing()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.Caller.PutAsync(Faults, """{"rateLimitRate":1}""");

        var limited = await sandbox.Caller.PostAsync(StripeCaller.Intents, Form, "order-1");
        limited.ShouldBeRefused(429, "rate_limit", null);
        limited.Headers.GetValues("Request-Id").Single().ShouldStartWith("req_");
        (await sandbox.Caller.GetAsync(StripeCaller.Intents)).Status.ShouldBe(429);

        await NothingHappenedAsync(sandbox);
    }

    [Fact]
    public async Task An_error_did_nothing()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.Caller.PutAsync(Faults, """{"errorRate":1}""");

        ShouldBeApiError(await sandbox.Caller.PostAsync(StripeCaller.Intents, Form, "order-1"));
        ShouldBeApiError(await sandbox.Caller.GetAsync(StripeCaller.Intents));

        await NothingHappenedAsync(sandbox);
    }

    [Fact]
    public async Task An_error_after_effect_keeps_the_effect_and_its_500()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.Caller.PutAsync(Faults, """{"errorAfterEffectRate":1}""");

        var failed = await sandbox.Caller.PostAsync(StripeCaller.Intents, Form, "order-1");
        ShouldBeApiError(failed);
        failed.Replayed.ShouldBeFalse();
        ShouldBeApiError(await sandbox.Caller.GetAsync(StripeCaller.Intents));
        await sandbox.Caller.DeleteAsync(Faults);

        var again = await sandbox.Caller.PostAsync(StripeCaller.Intents, Form, "order-1");
        again.Status.ShouldBe(500);
        again.Text.ShouldBe(failed.Text);
        again.Replayed.ShouldBeTrue();
        again.Headers.GetValues("Original-Request").ShouldBe(failed.Headers.GetValues("Request-Id"));
        await PaidOnceAsync(sandbox);
    }

    [Fact]
    public async Task An_error_after_effect_without_a_key_happened_too()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.Caller.PutAsync(Faults, """{"errorAfterEffectRate":1}""");

        ShouldBeApiError(await sandbox.Caller.PostAsync(StripeCaller.Intents, Form));
        await sandbox.Caller.DeleteAsync(Faults);

        await PaidOnceAsync(sandbox);
    }

    [Fact]
    public async Task A_key_that_has_its_answer_gets_that_answer_under_errors_after_effect()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var first = await sandbox.Caller.PostAsync(StripeCaller.Intents, Form, "order-1");
        await sandbox.Caller.PutAsync(Faults, """{"errorAfterEffectRate":1}""");

        var again = await sandbox.Caller.PostAsync(StripeCaller.Intents, Form, "order-1");

        again.Status.ShouldBe(200);
        again.Text.ShouldBe(first.Text);
        again.Replayed.ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_refused_before_its_effect_is_refused_under_errors_after_effect()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.Caller.PutAsync(Faults, """{"errorAfterEffectRate":1}""");

        (await sandbox.Caller.PostAsync(StripeCaller.Intents, "amount=1&currency=usd", "order-1"))
            .ShouldBeRefused(400, "amount_too_small", "amount");

        await sandbox.Caller.DeleteAsync(Faults);
        await NothingHappenedAsync(sandbox);
    }

    [Fact]
    public async Task A_lost_reply_is_kept_under_its_key()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.Caller.PutAsync(Faults, """{"lostReplyRate":1}""");

        await Should.ThrowAsync<HttpRequestException>(() => sandbox.Caller.PostAsync(StripeCaller.Intents, Form, "order-1"));
        await Should.ThrowAsync<HttpRequestException>(() => sandbox.Caller.PostAsync(StripeCaller.Intents, "amount=1", "order-2"));
        await Should.ThrowAsync<HttpRequestException>(() => sandbox.Caller.GetAsync(StripeCaller.Intents));
        await sandbox.Caller.DeleteAsync(Faults);

        await PaidOnceAsync(sandbox);
        var again = await sandbox.Caller.PostAsync(StripeCaller.Intents, Form, "order-1");
        again.Status.ShouldBe(200);
        again.String("status").ShouldBe("succeeded");
        again.Replayed.ShouldBeTrue();
        await PaidOnceAsync(sandbox);
        (await sandbox.Caller.PostAsync(StripeCaller.Intents, Form, "order-2")).Replayed.ShouldBeFalse();
    }

    [Fact]
    public async Task Strangers_and_the_sandboxs_own_routes_meet_no_fault()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var id = await sandbox.Caller.CreateAsync("amount=500&currency=usd&payment_method=pm_card_threeDSecure2Required");
        await sandbox.Caller.ConfirmAsync(id);
        await sandbox.Caller.PutAsync(Faults, """{"latencyMs":600000,"dropConnectionRate":1}""");

        (await sandbox.Caller.SendWithoutKeyAsync(new HttpRequestMessage(HttpMethod.Get, StripeCaller.Intents))).Status.ShouldBe(401);
        (await sandbox.Caller.AuthenticateAsync(id, "succeed")).String("status").ShouldBe("succeeded");
        (await sandbox.Caller.ChargesOfAsync(id)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Each_fault_meets_the_share_that_it_was_given()
    {
        const int Seed = 20260401;
        const int Requests = 500;
        var sequence = new ForetoldChance(Seed);
        var expected = Enumerable.Range(0, Requests).Select(_ =>
        {
            sequence.Draw();
            return sequence.Draw() switch
            {
                < 0.10 => "dropped",
                < 0.25 => "429 undone",
                < 0.45 => "500 undone",
                < 0.55 => "500 done",
                < 0.65 => "dropped done",
                _ => "200 done",
            };
        }).ToList();
        expected.Distinct().Count().ShouldBe(6);
        await using var sandbox = await RunningSandbox.StartAsync(directory: null, prepare: builder =>
            builder.Services.AddSingleton<StripeSandbox.Faults.IChance>(new ForetoldChance(Seed)));
        await sandbox.Caller.PutAsync(
            Faults,
            """{"dropConnectionRate":0.1,"rateLimitRate":0.15,"errorRate":0.2,"errorAfterEffectRate":0.1,"lostReplyRate":0.1}""");

        List<string> answers = [];
        for (var i = 0; i < Requests; i++)
        {
            answers.Add(await StatusOfAsync(sandbox.Caller, $"order-{i}"));
        }

        await sandbox.Caller.DeleteAsync(Faults);
        var done = (await MadeAsync(sandbox)).Select(intent => intent.GetProperty("metadata").GetProperty("order").GetString()).ToHashSet();
        var actual = answers.Select((status, i) => done.Contains($"order-{i}") ? status + " done" : status == "dropped" ? status : status + " undone");
        actual.ShouldBe(expected, customMessage: $"seed {Seed}");
    }

    private static async Task<string> StatusOfAsync(StripeCaller caller, string order)
    {
        try
        {
            // On a connection of its own no client repeats a request by itself.
            var request = new HttpRequestMessage(HttpMethod.Post, StripeCaller.Intents)
            {
                Content = new StringContent(
                    $"amount=700&currency=usd&metadata[order]={order}", MediaTypeHeaderValue.Parse("application/x-www-form-urlencoded")),
                Headers = { ConnectionClose = true },
            };
            return $"{(await caller.SendAsync(request)).Status}";
        }
        catch (HttpRequestException)
        {
            return "dropped";
        }
    }

    private static async Task<List<System.Text.Json.JsonElement>> MadeAsync(RunningSandbox sandbox)
    {
        List<System.Text.Json.JsonElement> made = [];
        var after = "";
        Answer page;
        do
        {
            page = await sandbox.Caller.GetAsync($"{StripeCaller.Intents}?limit=100{after}");
            made.AddRange(page["data"].EnumerateArray());
            after = made.Count == 0 ? "" : $"&starting_after={made[^1].GetProperty("id").GetString()}";
        }
        while (page["has_more"].GetBoolean());
        return made;
    }

    private static void ShouldBeApiError(Answer answer)
    {
        answer.Status.ShouldBe(500, answer.Text);
        answer.String("error", "type").ShouldBe("api_error");
    }

    private static async Task NothingHappenedAsync(RunningSandbox sandbox)
    {
        await sandbox.Caller.DeleteAsync(Faults);
        (await MadeAsync(sandbox)).ShouldBeEmpty();
        var fresh = await sandbox.Caller.PostAsync(StripeCaller.Intents, Form, "order-1");
        fresh.Status.ShouldBe(200, fresh.Text);
        fresh.Replayed.ShouldBeFalse();
    }

    private static async Task PaidOnceAsync(RunningSandbox sandbox)
    {
        var intent = (await MadeAsync(sandbox)).ShouldHaveSingleItem();
        intent.GetProperty("status").GetString().ShouldBe("succeeded");
        (await sandbox.Caller.ChargesOfAsync(intent.GetProperty("id").GetString()!)).ShouldHaveSingleItem();
    }
}
