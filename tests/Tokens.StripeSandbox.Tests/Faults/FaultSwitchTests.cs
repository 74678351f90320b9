using System.Text.Json;
using Microsoft.Extensions.Logging;
using Tokens.StripeSandbox.Tests.Running;
using Tokens.Testing;

namespace Tokens.StripeSandbox.Tests.Faults;

public sealed class FaultSwitchTests
{
    private const string Faults = "/sandbox/faults";

    private const string Off =
        """{"latencyMs":0,"stallRate":0,"stallMs":0,"errorRate":0,"errorAfterEffectRate":0,"rateLimitRate":0,"lostReplyRate":0,"dropConnectionRate":0}""";

    private const string All =
        """{"latencyMs":1,"stallRate":0.2,"stallMs":3,"errorRate":0.04,"errorAfterEffectRate":0.05,"rateLimitRate":0.06,"lostReplyRate":0.07,"dropConnectionRate":1}""";

    [Fact]
    public async Task Switches_are_off_at_first_set_whole_and_reset()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        (await sandbox.Caller.GetAsync(Faults)).Text.ShouldBe(Off);
        (await sandbox.Caller.PutAsync(Faults, All)).Text.ShouldBe(All);
        (await sandbox.Caller.GetAsync(Faults)).Text.ShouldBe(All);
        var partly = await sandbox.Caller.PutAsync(Faults, """{"errorRate":0.5}""");
        partly.Text.ShouldBe(Off.Replace("\"errorRate\":0", "\"errorRate\":0.5", StringComparison.Ordinal));
        (await sandbox.Caller.DeleteAsync(Faults)).Text.ShouldBe(Off);
        (await sandbox.Caller.GetAsync(Faults)).Text.ShouldBe(Off);
    }

    [Theory]
    [InlineData("""{"latencyMs":-1}""", "latencyMs")]
    [InlineData("""{"latencyMs":600001}""", "latencyMs")]
    [InlineData("""{"stallMs":1.5}""", "stallMs")]
    [InlineData("""{"stallMs":99999999999}""", "stallMs")]
    [InlineData("""{"errorRate":1.01}""", "errorRate")]
    [InlineData("""{"errorRate":-0.01}""", "errorRate")]
    [InlineData("""{"errorRate":"1"}""", "errorRate")]
    [InlineData("""{"stallRate":1e999}""", "stallRate")]
    [InlineData("""{"rateLimitRate":null}""", "rateLimitRate")]
    [InlineData("""{"lostReplyRate":true}""", "lostReplyRate")]
    [InlineData("""{"dropConnectionRate":[]}""", "dropConnectionRate")]
    [InlineData("""{"errorAfterEffectRate":{}}""", "errorAfterEffectRate")]
    [InlineData("""{"errorRate":0.1,"errorRate":0.2}""", "errorRate")]
    public async Task A_bad_value_is_named_and_changes_nothing(string body, string name)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.Caller.PutAsync(Faults, All);

        (await sandbox.Caller.PutAsync(Faults, body)).ShouldBeRefused(400, null, name);

        (await sandbox.Caller.GetAsync(Faults)).Text.ShouldBe(All);
    }

    [Theory]
    [InlineData("""{"errorrate":1}""", "errorrate")]
    [InlineData("""{"errorRate":1,"chaos":true}""", "chaos")]
    public async Task An_unknown_member_is_named_and_changes_nothing(string body, string name)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        (await sandbox.Caller.PutAsync(Faults, body)).ShouldBeRefused(400, "parameter_unknown", name);

        (await sandbox.Caller.GetAsync(Faults)).Text.ShouldBe(Off);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("errorRate=1")]
    [InlineData("""{"errorRate":1""")]
    [InlineData("""{"errorRate":1} {}""")]
    [InlineData("""{"\ud800":1}""")]
    public async Task A_body_that_is_no_object_is_refused(string body)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        (await sandbox.Caller.PutAsync(Faults, body)).ShouldBeRefused(400, null, null);
        (await sandbox.Caller.GetAsync(Faults)).Text.ShouldBe(Off);
    }

    [Fact]
    public async Task The_longest_wait_is_an_option()
    {
        await using var sandbox = await RunningSandbox.StartAsync(("StripeSandbox:MaxFaultMilliseconds", "20"));
        (await sandbox.Caller.PutAsync(Faults, """{"latencyMs":20,"stallMs":20}""")).Status.ShouldBe(200);
        (await sandbox.Caller.PutAsync(Faults, """{"latencyMs":21}""")).ShouldBeRefused(400, null, "latencyMs");
    }

    [Fact]
    public async Task Switches_outlive_a_kill_and_the_next_start_warns_of_them()
    {
        using var directory = new TemporaryDirectory();
        await using (var killed = SandboxProcess.Launch(directory))
        {
            using var caller = await killed.ListensAsync();
            (await caller.PutAsync(Faults, All)).Status.ShouldBe(200);
            await killed.KillAsync();
        }

        var log = new RecordedLog();
        await using (var sandbox = await RunningSandbox.StartAsync(directory, prepare: builder => builder.Logging.AddProvider(log)))
        {
            log.Entries.ShouldHaveSingleItem().ShouldContain("/sandbox/faults");
            (await sandbox.Caller.GetAsync(Faults)).Text.ShouldBe(All);
            await sandbox.Caller.DeleteAsync(Faults);
        }

        var quiet = new RecordedLog();
        await using var again = await RunningSandbox.StartAsync(directory, prepare: builder => builder.Logging.AddProvider(quiet));
        quiet.Entries.ShouldBeEmpty();
        (await again.Caller.GetAsync(Faults)).Text.ShouldBe(Off);
    }

    [Fact]
    public async Task Of_changes_that_come_at_once_the_last_one_stored_is_the_one_in_force()
    {
        using var directory = new TemporaryDirectory();
        string inForce;
        await using (var sandbox = await RunningSandbox.StartAsync(directory))
        {
            await Task.WhenAll(Enumerable.Range(1, 40).Select(i => sandbox.Caller.PutAsync(Faults, $$"""{"stallMs":{{i}}}""")));
            inForce = (await sandbox.Caller.GetAsync(Faults)).Text;
        }

        await using var restarted = await RunningSandbox.StartAsync(directory);
        JsonDocument.Parse(inForce).RootElement.GetProperty("stallMs").GetInt32().ShouldBeInRange(1, 40);
        (await restarted.Caller.GetAsync(Faults)).Text.ShouldBe(inForce);
    }
}
