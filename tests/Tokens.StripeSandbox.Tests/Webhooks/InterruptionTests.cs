using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Tests.Running;
using Tokens.StripeSandbox.Webhooks;
using Tokens.Testing;

namespace Tokens.StripeSandbox.Tests.Webhooks;

public sealed class InterruptionTests
{
    private const string Paid = "amount=700&currency=usd&payment_method=pm_card_visa&confirm=true";
    private static readonly TimeSpan Deadline = Eventually.Deadline;

    [Fact]
    public async Task Undelivered_events_outlive_a_kill()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = static (_, _) => Task.FromResult(500);
        using var directory = new TemporaryDirectory();
        await using (var killed = SandboxProcess.Launch(directory, receiver.Address))
        {
            using var caller = await killed.ListensAsync();
            await caller.PostAsync(StripeCaller.Intents, Paid);
            await receiver.ReceivesAsync(3);
            await killed.KillAsync();
        }

        receiver.Answer = static (_, _) => Task.FromResult(200);
        var before = receiver.Received.Count;
        await using var sandbox = await RunningSandbox.StartAsync(directory, settings: receiver.Settings);
        var after = (await receiver.ReceivesAsync(before + 3)).Skip(before).ToList();
        after.Select(webhook => webhook.Id).ShouldBe(receiver.Received.Take(before).Select(webhook => webhook.Id).Distinct(), ignoreOrder: true);
    }

    [Fact]
    public async Task A_start_ends_the_pauses()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = static (_, _) => Task.FromResult(500);
        using var directory = new TemporaryDirectory();
        var clock = new FakeTimeProvider();
        await using (var sandbox = await RunningSandbox.StartAsync(directory, clock, settings: receiver.Settings))
        {
            await sandbox.Caller.CreateAsync();
            await Eventually.BecomesTrueAsync(
                () => sandbox.Services.GetRequiredService<SandboxDb>().Read(
                    session => DeliveryTable.NextDue(session, clock.GetUtcNow())) is not null,
                Deadline,
                "The next attempt is put off.");
        }

        receiver.Answer = static (_, _) => Task.FromResult(200);
        await using var again = await RunningSandbox.StartAsync(directory, clock, settings: receiver.Settings);
        await receiver.ReceivesAsync(2);
    }

    [Fact]
    public async Task Killed_amid_deliveries_every_event_arrives_and_few_arrive_twice()
    {
        const int Payments = 60;
        await using var receiver = await WebhookReceiver.StartAsync();
        using var directory = new TemporaryDirectory();
        HashSet<string> ids;
        await using (var killed = SandboxProcess.Launch(directory, receiver.Address))
        {
            using var caller = await killed.ListensAsync();
            await caller.PutAsync("/sandbox/webhooks", """{"paused":true}""");
            for (var i = 0; i < Payments; i++)
            {
                await caller.PostAsync(StripeCaller.Intents, Paid);
            }

            ids = [.. await EventIdsAsync(caller)];
            ids.Count.ShouldBe(3 * Payments);
            await caller.PutAsync("/sandbox/webhooks", "{}");
            await receiver.ReceivesAsync(20);
            await killed.KillAsync();
        }

        await using var sandbox = await RunningSandbox.StartAsync(directory, settings: receiver.Settings);
        await Eventually.BecomesTrueAsync(
            () => receiver.Received.Select(webhook => webhook.Id).ToHashSet().SetEquals(ids), Deadline, "Every event has arrived.");

        // At most what was under way is told again.
        receiver.Received.Count.ShouldBeLessThanOrEqualTo((3 * Payments) + 16);
    }

    [Fact]
    public async Task A_stop_waits_for_no_receiver_and_the_next_start_tells_it_again()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var hangs = new TaskCompletionSource();
        receiver.Answer = async (_, _) =>
        {
            await hangs.Task;
            return 200;
        };
        using var directory = new TemporaryDirectory();
        await using (var sandbox = await RunningSandbox.StartAsync(
            directory, settings: receiver.Settings, configuration: ("StripeSandbox:Webhooks:TimeoutMilliseconds", "60000")))
        {
            await sandbox.Caller.CreateAsync();
            await receiver.ReceivesAsync(1);
            await sandbox.StopAsync().WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
        }

        hangs.SetResult();
        await using var again = await RunningSandbox.StartAsync(directory, settings: receiver.Settings);
        var webhooks = await receiver.ReceivesAsync(2);
        webhooks.Select(webhook => webhook.Id).Distinct().ShouldHaveSingleItem();
    }

    private static async Task<List<string>> EventIdsAsync(StripeCaller caller)
    {
        List<string> ids = [];
        Answer page;
        do
        {
            page = await caller.GetAsync("/v1/events?limit=100" + (ids.Count == 0 ? "" : $"&starting_after={ids[^1]}"));
            ids.AddRange(page["data"].EnumerateArray().Select(occurred => occurred.GetProperty("id").GetString()!));
        }
        while (page["has_more"].GetBoolean());
        return ids;
    }
}
