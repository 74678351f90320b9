using Tokens.StripeSandbox.Tests.Running;
using Tokens.Testing;

namespace Tokens.StripeSandbox.Tests.Webhooks;

public sealed class WebhookSwitchTests
{
    private const string Switches = "/sandbox/webhooks";
    private const string Off = """{"paused":false,"duplicates":0,"shuffle":false}""";
    private const string All = """{"paused":true,"duplicates":10,"shuffle":true}""";

    [Fact]
    public async Task Switches_are_off_at_first_set_whole_and_outlive_a_restart()
    {
        using var directory = new TemporaryDirectory();
        await using (var sandbox = await RunningSandbox.StartAsync(directory))
        {
            (await sandbox.Caller.GetAsync(Switches)).Text.ShouldBe(Off);
            (await sandbox.Caller.PutAsync(Switches, """{"duplicates":3}""")).Text.ShouldBe("""{"paused":false,"duplicates":3,"shuffle":false}""");
            (await sandbox.Caller.PutAsync(Switches, All)).Text.ShouldBe(All);
        }

        await using var restarted = await RunningSandbox.StartAsync(directory);
        (await restarted.Caller.GetAsync(Switches)).Text.ShouldBe(All);
        (await restarted.Caller.PutAsync(Switches, "{}")).Text.ShouldBe(Off);
    }

    [Theory]
    [InlineData("""{"duplicates":11}""", "duplicates", null)]
    [InlineData("""{"duplicates":-1}""", "duplicates", null)]
    [InlineData("""{"duplicates":1.5}""", "duplicates", null)]
    [InlineData("""{"duplicates":"1"}""", "duplicates", null)]
    [InlineData("""{"paused":1}""", "paused", null)]
    [InlineData("""{"paused":null}""", "paused", null)]
    [InlineData("""{"shuffle":"true"}""", "shuffle", null)]
    [InlineData("""{"shuffled":true}""", "shuffled", "parameter_unknown")]
    [InlineData("[]", null, null)]
    public async Task A_bad_value_is_named_and_changes_nothing(string body, string? name, string? code)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.Caller.PutAsync(Switches, All);

        (await sandbox.Caller.PutAsync(Switches, body)).ShouldBeRefused(400, code, name);

        (await sandbox.Caller.GetAsync(Switches)).Text.ShouldBe(All);
    }

    [Fact]
    public async Task Paused_holds_everything_back_until_it_is_resumed()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var directory = new TemporaryDirectory();
        await using (var sandbox = await RunningSandbox.StartAsync(directory, settings: receiver.Settings))
        {
            await sandbox.Caller.PutAsync(Switches, """{"paused":true}""");
            await sandbox.Caller.CreateAsync();
        }

        await using var resumed = await RunningSandbox.StartAsync(directory, settings: receiver.Settings);
        await resumed.Caller.CreateAsync();
        receiver.Received.ShouldBeEmpty();
        (await resumed.Caller.GetAsync("/v1/events"))["data"].EnumerateArray()
            .Select(occurred => occurred.GetProperty("pending_webhooks").GetInt32()).ShouldBe([1, 1]);

        await resumed.Caller.PutAsync(Switches, """{"paused":false}""");

        (await receiver.ReceivesAsync(2)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Duplicates_are_sent_again_that_many_times()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var sandbox = await RunningSandbox.StartAsync(directory: null, settings: receiver.Settings);
        await sandbox.Caller.PutAsync(Switches, """{"duplicates":2}""");
        await sandbox.Caller.CreateAsync();
        await sandbox.Caller.CreateAsync();

        var webhooks = await receiver.ReceivesAsync(6);

        webhooks.GroupBy(webhook => webhook.Id).Select(group => group.Count()).ShouldBe([3, 3]);
        webhooks.Select(webhook => webhook.Text).Distinct(StringComparer.Ordinal).Count().ShouldBe(2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Shuffle_shakes_the_order_and_tears_duplicates_apart(bool shuffle)
    {
        const int Intents = 30;
        await using var receiver = await WebhookReceiver.StartAsync();

        // One at a time, so that the order of arrival is the order of sending.
        await using var sandbox = await RunningSandbox.StartAsync(
            directory: null,
            settings: receiver.Settings,
            configuration: [("StripeSandbox:Webhooks:Concurrency", "1"), ("StripeSandbox:Webhooks:ShuffleMilliseconds", "1000")]);
        await sandbox.Caller.PutAsync(Switches, $$"""{"duplicates":1,"shuffle":{{(shuffle ? "true" : "false")}}}""");
        List<string> made = [];
        for (var i = 0; i < Intents; i++)
        {
            made.Add(await sandbox.Caller.CreateAsync());
        }

        var order = (await receiver.ReceivesAsync(2 * Intents))
            .Select(webhook => webhook.Json.GetProperty("data").GetProperty("object").GetProperty("id").GetString()!).ToList();

        order.GroupBy(id => id).Select(group => group.Count()).ShouldAllBe(count => count == 2);
        var apart = made.Count(id => order.LastIndexOf(id) - order.IndexOf(id) > 1);
        if (shuffle)
        {
            order.Distinct(StringComparer.Ordinal).ShouldNotBe(made);
            apart.ShouldBePositive();
        }
        else
        {
            order.Distinct(StringComparer.Ordinal).ShouldBe(made);
            apart.ShouldBe(0);
        }
    }
}
