using Microsoft.Extensions.Time.Testing;
using Tokens.StripeSandbox.Tests.Running;
using Tokens.Testing;
using Tokens.Testing.Products;

namespace Tokens.StripeSandbox.Tests.Webhooks;

public sealed class DeliveryTests
{
    private const string Paid = "amount=700&currency=usd&payment_method=pm_card_visa&confirm=true&metadata[word]=Gr%C3%BC%C3%9Fe";
    private static readonly TimeSpan Deadline = Eventually.Deadline;

    [Fact]
    public async Task Each_event_is_posted_as_it_is_retrieved()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var sandbox = await StartAsync(receiver);

        await sandbox.Caller.PostAsync(StripeCaller.Intents, Paid, "order-1");

        var webhooks = await receiver.ReceivesAsync(3);
        webhooks.Select(webhook => webhook.Type).ShouldBe(
            ["payment_intent.created", "charge.succeeded", "payment_intent.succeeded"], ignoreOrder: true);
        await sandbox.StruckOffAsync();
        foreach (var webhook in webhooks)
        {
            webhook.Headers["Content-Type"].ShouldBe("application/json; charset=utf-8");
            webhook.Headers["User-Agent"].ShouldBe("Stripe/1.0");
            webhook.Headers.ContainsKey("traceparent").ShouldBeFalse();
            webhook.Json.GetProperty("pending_webhooks").GetInt32().ShouldBe(1);
            (await sandbox.Caller.GetAsync($"/v1/events/{webhook.Id}")).Text
                .ShouldBe(webhook.Text.Replace("\"pending_webhooks\":1", "\"pending_webhooks\":0", StringComparison.Ordinal));
        }

        receiver.Received.Count.ShouldBe(3);
    }

    [Fact]
    public async Task The_signature_is_Stripes_over_moment_and_body()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 4, 1, 8, 0, 0, TimeSpan.Zero));
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var sandbox = await StartAsync(receiver, clock);

        await sandbox.Caller.CreateAsync();

        var webhook = (await receiver.ReceivesAsync(1)).Single();
        var moment = clock.GetUtcNow().ToUnixTimeSeconds();
        webhook.Signature.ShouldBe(StripeSignature.Header(webhook.Body, WebhookReceiver.Secret, $"{moment}"));
    }

    [Fact]
    public async Task Without_a_secret_nothing_is_delivered_or_pending()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var directory = new TemporaryDirectory();
        await using (var silent = await RunningSandbox.StartAsync(
            directory, settings: settings => settings with { WebhookUrl = () => receiver.Address }))
        {
            await silent.Caller.CreateAsync();
            (await silent.Caller.GetAsync("/v1/events"))["data"][0].GetProperty("pending_webhooks").GetInt32().ShouldBe(0);
        }

        await using var sandbox = await RunningSandbox.StartAsync(directory, settings: receiver.Settings);
        await sandbox.Caller.PostAsync(StripeCaller.Intents, "amount=900&currency=usd");
        (await receiver.ReceivesAsync(1)).Single().Json.GetProperty("data").GetProperty("object").GetProperty("amount").GetInt64().ShouldBe(900);
    }

    [Fact]
    public async Task While_nobody_is_there_to_tell_events_wait()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        Uri? url = null;
        var asked = 0;
        await using var sandbox = await RunningSandbox.StartAsync(directory: null, settings: settings => settings with
        {
            WebhookSecret = WebhookReceiver.Secret,
            WebhookUrl = () =>
            {
                Interlocked.Increment(ref asked);
                return url;
            },
        });

        await sandbox.Caller.CreateAsync();
        await Eventually.BecomesTrueAsync(() => asked >= 2, Deadline, "The address is asked for.");
        (await sandbox.Caller.GetAsync("/v1/events"))["data"][0].GetProperty("pending_webhooks").GetInt32().ShouldBe(1);
        url = receiver.Address;

        await receiver.ReceivesAsync(1);
    }

    [Fact]
    public async Task One_that_hangs_holds_up_no_other()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var sandbox = await StartAsync(receiver);
        var hangs = new TaskCompletionSource();
        receiver.Answer = async (webhook, _) =>
        {
            if (webhook.Type == "payment_intent.created")
            {
                await hangs.Task;
            }

            return 200;
        };

        for (var i = 0; i < 10; i++)
        {
            await sandbox.Caller.PostAsync(StripeCaller.Intents, Paid);
        }

        var webhooks = await receiver.ReceivesAsync(30);
        hangs.SetResult();
        webhooks.DistinctBy(webhook => webhook.Id).Count().ShouldBe(30);
    }

    [Fact]
    public async Task So_many_at_once_and_no_more()
    {
        const int Concurrency = 3;
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var sandbox = await StartAsync(receiver, configuration: ("StripeSandbox:Webhooks:Concurrency", $"{Concurrency}"));
        var atOnce = 0;
        var tooMany = false;
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        receiver.Answer = async (_, _) =>
        {
            var now = Interlocked.Increment(ref atOnce);
            tooMany |= now > Concurrency;
            if (now == Concurrency)
            {
                full.TrySetResult();
            }

            // None is answered before so many have come together.
            await full.Task;
            Interlocked.Decrement(ref atOnce);
            return 200;
        };
        await sandbox.Caller.PutAsync("/sandbox/webhooks", """{"paused":true}""");
        for (var i = 0; i < 20; i++)
        {
            await sandbox.Caller.PostAsync(StripeCaller.Intents, Paid);
        }

        await sandbox.Caller.PutAsync("/sandbox/webhooks", "{}");

        await receiver.ReceivesAsync(60);
        tooMany.ShouldBeFalse();
    }

    [Fact]
    public async Task Many_are_delivered_once_each_when_all_goes_well()
    {
        const int Payments = 200;
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var sandbox = await StartAsync(receiver);

        await Task.WhenAll(Enumerable.Range(0, Payments).Select(_ => sandbox.Caller.PostAsync(StripeCaller.Intents, Paid)));

        await receiver.ReceivesAsync(3 * Payments);
        await sandbox.StruckOffAsync();
        receiver.Received.Select(webhook => webhook.Id).Distinct(StringComparer.Ordinal).Count().ShouldBe(3 * Payments);
        receiver.Received.Count.ShouldBe(3 * Payments);
    }

    private static Task<RunningSandbox> StartAsync(
        WebhookReceiver receiver, TimeProvider? clock = null, params (string Key, string Value)[] configuration) =>
        RunningSandbox.StartAsync(directory: null, clock, settings: receiver.Settings, configuration: configuration);
}
