using Microsoft.Extensions.DependencyInjection;
using Tokens.StripeSandbox.Tests.Running;
using Tokens.Testing;

namespace Tokens.StripeSandbox.Tests.Faults;

public sealed class LatenessTests
{
    private const string Faults = "/sandbox/faults";
    private const string Form = "amount=700&currency=usd&payment_method=pm_card_visa&confirm=true";
    private static readonly TimeSpan Deadline = Eventually.Deadline;

    [Fact]
    public async Task Latency_is_waited_before_the_work()
    {
        var clock = new TestTimeProvider();
        await using var sandbox = await RunningSandbox.StartAsync(directory: null, clock);
        await sandbox.Caller.PutAsync(Faults, """{"latencyMs":5000}""");
        var timers = clock.Timers;

        var late = sandbox.Caller.PostAsync(StripeCaller.Intents, Form);
        await WaitingAsync(clock, timers + 1);
        clock.Advance(TimeSpan.FromMilliseconds(4999));
        (await sandbox.Caller.GetAsync("/sandbox/charges"))["charges"].GetArrayLength().ShouldBe(0);
        late.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromMilliseconds(1));

        (await late).String("status").ShouldBe("succeeded");
    }

    [Fact]
    public async Task A_stall_meets_its_share_and_comes_on_top_of_latency()
    {
        var clock = new TestTimeProvider();
        const int Seed = 7;
        var sequence = new ForetoldChance(Seed);
        await using var sandbox = await RunningSandbox.StartAsync(directory: null, clock, builder =>
            builder.Services.AddSingleton<StripeSandbox.Faults.IChance>(new ForetoldChance(Seed)));
        await sandbox.Caller.PutAsync(Faults, """{"latencyMs":100,"stallRate":0.4,"stallMs":900}""");
        var timers = clock.Timers;
        HashSet<bool> seen = [];
        for (var i = 0; i < 20; i++)
        {
            var stalls = sequence.Draw() < 0.4;
            sequence.Draw();
            seen.Add(stalls);

            var late = sandbox.Caller.GetAsync(StripeCaller.Intents);
            await WaitingAsync(clock, timers + 1);
            clock.Advance(TimeSpan.FromMilliseconds(stalls ? 999 : 99));
            clock.Timers.ShouldBe(timers + 1, $"seed {Seed}, request {i}");
            clock.Advance(TimeSpan.FromMilliseconds(1));
            (await late).Status.ShouldBe(200);
        }

        seen.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_request_whose_caller_went_away_is_carried_out_and_is_under_way_until_then()
    {
        var clock = new TestTimeProvider();
        await using var sandbox = await RunningSandbox.StartAsync(directory: null, clock);
        await sandbox.Caller.PutAsync(Faults, """{"stallRate":1,"stallMs":60000}""");
        var timers = clock.Timers;
        using (var impatient = new StripeCaller(sandbox.Address) { ApiKey = sandbox.Caller.ApiKey })
        {
            var left = impatient.PostAsync(StripeCaller.Intents, Form, "order-1");
            await WaitingAsync(clock, timers + 1);
            impatient.Dispose();
            await Should.ThrowAsync<OperationCanceledException>(() => left);
        }

        await sandbox.Caller.DeleteAsync(Faults);
        (await sandbox.Caller.PostAsync(StripeCaller.Intents, Form, "order-1")).ErrorCode.ShouldBe("idempotency_key_in_use");
        (await sandbox.Caller.GetAsync("/sandbox/charges"))["charges"].GetArrayLength().ShouldBe(0);
        clock.Advance(TimeSpan.FromSeconds(60));

        await Eventually.BecomesTrueAsync(
            async () => (await sandbox.Caller.GetAsync("/sandbox/charges"))["charges"].GetArrayLength() == 1, Deadline, "It is charged.");
        await Eventually.BecomesTrueAsync(
            async () => (await sandbox.Caller.PostAsync(StripeCaller.Intents, Form, "order-1")).Replayed, Deadline, "The answer is kept.");
        (await sandbox.Caller.GetAsync("/sandbox/charges"))["charges"].GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_stop_cuts_the_wait_short_not_the_work()
    {
        var clock = new TestTimeProvider();
        using var directory = new TemporaryDirectory();
        Answer answer;
        await using (var sandbox = await RunningSandbox.StartAsync(directory, clock))
        {
            await sandbox.Caller.PutAsync(Faults, """{"latencyMs":600000}""");
            var timers = clock.Timers;
            var late = sandbox.Caller.PostAsync(StripeCaller.Intents, Form);
            await WaitingAsync(clock, timers + 1);
            await sandbox.StopAsync();
            answer = await late;
        }

        answer.Status.ShouldBe(200, answer.Text);
        await using var restarted = await RunningSandbox.StartAsync(directory, clock);
        (await restarted.Caller.ChargesOfAsync(answer.String("id")!)).ShouldHaveSingleItem();
    }

    private static Task WaitingAsync(TestTimeProvider clock, int timers) =>
        Eventually.BecomesTrueAsync(() => clock.Timers == timers, Deadline, "The request waits.");
}
