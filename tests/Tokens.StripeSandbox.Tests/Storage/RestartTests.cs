using Microsoft.Data.Sqlite;
using Tokens.StripeSandbox.Tests.Running;
using Tokens.Testing;

namespace Tokens.StripeSandbox.Tests.Storage;

public sealed class RestartTests
{
    private const string Form = "amount=700&currency=usd&payment_method=pm_card_visa&confirm=true&metadata[purchase]=p-1";

    [Fact]
    public async Task State_and_keys_outlive_a_kill()
    {
        using var directory = new TemporaryDirectory();
        Answer paid;
        string apiKey;
        await using (var killed = SandboxProcess.Launch(directory))
        {
            using var caller = await killed.ListensAsync();
            apiKey = caller.ApiKey;
            paid = await caller.PostAsync(StripeCaller.Intents, Form, "order-1");
            await killed.KillAsync();
        }

        await using var sandbox = await RunningSandbox.StartAsync(directory);
        using var after = new StripeCaller(sandbox.Address) { ApiKey = apiKey };
        var id = paid.String("id")!;
        (await after.RetrieveAsync(id)).Text.ShouldBe(paid.Text);
        var again = await after.PostAsync(StripeCaller.Intents, Form, "order-1");
        again.Text.ShouldBe(paid.Text);
        again.Replayed.ShouldBeTrue();
        (await after.ChargesOfAsync(id)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Killed_amid_confirms_every_answered_charge_is_there_and_every_key_finishes_with_one()
    {
        const int Purchases = 40;
        using var directory = new TemporaryDirectory();
        string apiKey;
        Task<string?>[] calls;
        await using (var killed = SandboxProcess.Launch(directory))
        {
            using var caller = await killed.ListensAsync();
            apiKey = caller.ApiKey;
            calls = [.. Enumerable.Range(0, Purchases).Select(i => TryPayAsync(caller, i))];
            await Task.WhenAny(calls);
            await killed.KillAsync();
            await Task.WhenAll(calls);
        }

        await using var sandbox = await RunningSandbox.StartAsync(directory);
        using var after = new StripeCaller(sandbox.Address) { ApiKey = apiKey };
        for (var i = 0; i < Purchases; i++)
        {
            var again = await after.PostAsync(StripeCaller.Intents, Form, $"order-{i}");
            again.Status.ShouldBe(200, again.Text);
            if (await calls[i] is { } answered)
            {
                again.Text.ShouldBe(answered);
                again.Replayed.ShouldBeTrue();
            }

            (await after.ChargesOfAsync(again.String("id")!)).ShouldHaveSingleItem();
        }

        (await after.GetAsync("/sandbox/charges"))["charges"].GetArrayLength().ShouldBe(Purchases);
        foreach (var type in new[] { "payment_intent.created", "charge.succeeded", "payment_intent.succeeded" })
        {
            (await after.GetAsync($"/v1/events?limit=100&type={type}"))["data"].GetArrayLength().ShouldBe(Purchases, type);
        }
    }

    [Theory]
    [InlineData("stripe-sandbox.lock")]
    [InlineData("stripe-sandbox.db")]
    [InlineData("stripe-sandbox.db-wal")]
    public async Task Killed_as_soon_as_a_file_of_its_start_appears_it_starts_again(string file)
    {
        using var directory = new TemporaryDirectory();
        await using (var process = SandboxProcess.Launch(directory))
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (!File.Exists(Path.Combine(directory.Path, file)))
            {
                deadline.Token.ThrowIfCancellationRequested();
                await Task.Yield();
            }

            await process.KillAsync();
        }

        await using var sandbox = await RunningSandbox.StartAsync(directory);
        await sandbox.Caller.CreateAsync();
    }

    [Fact]
    public async Task A_second_sandbox_on_the_same_data_says_why_it_does_not_start()
    {
        using var directory = new TemporaryDirectory();
        await using var first = SandboxProcess.Launch(directory);
        using var caller = await first.ListensAsync();

        var refused = await Should.ThrowAsync<IOException>(() => RunningSandbox.StartAsync(directory));

        refused.Message.ShouldContain("another process holds");
        refused.Message.ShouldContain(directory.Path);
        await caller.CreateAsync();
    }

    [Fact]
    public async Task Data_of_a_newer_release_is_left_alone()
    {
        using var directory = new TemporaryDirectory();
        await using (await RunningSandbox.StartAsync(directory))
        {
        }

        await using (var connection = new SqliteConnection($"Data Source={directory.Path}/stripe-sandbox.db;Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 999";
            await command.ExecuteNonQueryAsync();
        }

        var refused = await Should.ThrowAsync<InvalidOperationException>(() => RunningSandbox.StartAsync(directory));
        refused.Message.ShouldContain("newer Stripe sandbox");
    }

    /// <summary>The body of the answer, or null when the process died before it answered.</summary>
    private static async Task<string?> TryPayAsync(StripeCaller caller, int i)
    {
        try
        {
            return (await caller.PostAsync(StripeCaller.Intents, Form, $"order-{i}")).Text;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
