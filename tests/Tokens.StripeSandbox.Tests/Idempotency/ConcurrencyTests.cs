using Microsoft.Extensions.DependencyInjection;
using Tokens.StripeSandbox.Idempotency;
using Tokens.StripeSandbox.Tests.Running;

namespace Tokens.StripeSandbox.Tests.Idempotency;

public sealed class ConcurrencyTests
{
    [Fact]
    public async Task Two_hundred_parallel_confirms_with_one_key_make_one_charge()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var id = await sandbox.Caller.CreateAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => sandbox.Caller.ConfirmAsync(id, key: "confirm-1")));

        (await sandbox.Caller.ChargesOfAsync(id)).ShouldHaveSingleItem();
        answers.Select(answer => answer.Status).Distinct().ShouldBeSubsetOf([200, 409]);
        answers.Where(answer => answer.Status == 200).Select(answer => answer.Text).Distinct().ShouldHaveSingleItem();
        answers.Count(answer => answer is { Status: 200, Replayed: false }).ShouldBe(1);
    }

    [Fact]
    public async Task Parallel_confirms_with_different_keys_make_one_success()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var id = await sandbox.Caller.CreateAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => sandbox.Caller.ConfirmAsync(id, key: $"confirm-{i}")));

        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        answers.Where(answer => answer.Status != 200).ShouldAllBe(answer => answer.ErrorCode == "payment_intent_unexpected_state");
        (await sandbox.Caller.ChargesOfAsync(id)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Confirm_and_cancel_at_once_leave_one_of_the_two()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        for (var round = 0; round < 20; round++)
        {
            var id = await sandbox.Caller.CreateAsync();
            var confirm = sandbox.Caller.ConfirmAsync(id);
            var cancel = sandbox.Caller.PostAsync($"{StripeCaller.Intents}/{id}/cancel");
            var answers = await Task.WhenAll(confirm, cancel);

            answers.Select(answer => answer.Status).Order().ShouldBe([200, 400]);
            var charged = (await sandbox.Caller.ChargesOfAsync(id)).Count;
            (await sandbox.Caller.RetrieveAsync(id)).String("status").ShouldBe(charged == 1 ? "succeeded" : "canceled");
        }
    }

    [Fact]
    public async Task A_key_whose_first_request_still_runs_is_a_conflict_until_it_ends()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var apiKeyHash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(sandbox.Caller.ApiKey));
        var running = sandbox.Services.GetRequiredService<KeysInUse>().TryTake(apiKeyHash, "order-1");

        var conflict = await sandbox.Caller.PostAsync(StripeCaller.Intents, "amount=700&currency=usd", "order-1");
        running.ShouldNotBeNull().Dispose();
        var after = await sandbox.Caller.PostAsync(StripeCaller.Intents, "amount=700&currency=usd", "order-1");

        conflict.Status.ShouldBe(409);
        conflict.String("error", "type").ShouldBe("idempotency_error");
        conflict.ErrorCode.ShouldBe("idempotency_key_in_use");
        after.Status.ShouldBe(200);
        after.Replayed.ShouldBeFalse();
    }
}
