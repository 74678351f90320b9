using Tokens.Payments.Tests.Parts;
using Tokens.Testing;
using Tokens.Testing.Products;

namespace Tokens.Payments.Tests.Events;

/// <summary>An acknowledged event has its effect, and one, though its process was killed before it could have any.</summary>
public abstract class KilledProcessTests
{
    private const int Purchases = 8;
    private static readonly TimeSpan Soon = Eventually.Deadline;

    [Fact]
    public async Task What_a_killed_process_has_acknowledged_the_next_one_applies()
    {
        await using var storage = await CreateStorageAsync();
        var gateway = LoopbackPort.Address();
        var settings = new Dictionary<string, string?>(storage.Settings)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Logging__LogLevel__Default"] = "Error",
            ["GATEWAY_URLS"] = gateway.AbsoluteUri,
            ["API_URLS"] = LoopbackPort.Address().AbsoluteUri,
            ["SANDBOX_URLS"] = LoopbackPort.Address().AbsoluteUri,
            ["RATE_LIMITS"] = "off",
            [Webhook.Setting.Name] = Webhook.Setting.Value,
            // Most events come while the worker rests, and are killed with it.
            ["Webhooks__RoundPauseMilliseconds"] = "1000",
            ["Webhooks__LeaseMilliseconds"] = "2000",
        };
        await using var killed = ProductProcess.Launch(settings);
        await killed.WaitUntilReadyAsync(gateway);
        var members = await Task.WhenAll(Enumerable.Range(0, Purchases).Select(_ => TestMember.SignInAsync(gateway)));
        var events = await Task.WhenAll(members.Select(OpenPurchaseAsync));
        using var client = new HttpClient { BaseAddress = gateway };

        var answers = await Task.WhenAll(events.SelectMany(body => new[] { body, body }).Select(body => Webhook.SendAsync(client, body)));
        await killed.KillAsync();
        answers.ShouldAllBe(answer => answer.Status == 200);

        await using var next = ProductProcess.Launch(settings);
        await next.WaitUntilReadyAsync(gateway);
        foreach (var member in members)
        {
            await Eventually.BecomesTrueAsync(async () => await member.BalanceAsync() == 50, Soon, "the tokens are credited");
            var history = (await member.GetAsync("/api/tokens/transactions")).Json.GetProperty("transactions");
            history.GetArrayLength().ShouldBe(1);
            member.Dispose();
        }
    }

    protected abstract Task<Storage> CreateStorageAsync();

    private static async Task<string> OpenPurchaseAsync(TestMember member)
    {
        var answer = await member.BuyAsync(50, "pm_card_threeDSecure2Required");
        answer.Status.ShouldBe(200, answer.Text);
        return Webhook.Succeeded(
            answer.Json.GetProperty("transaction").GetProperty("id").GetGuid(),
            answer.Json.GetProperty("paymentIntent").GetProperty("id").GetString()!);
    }
}

[Trait(Form.Trait, Form.Extended)]
public sealed class KilledProcessOnSqliteTests : KilledProcessTests
{
    protected override Task<Storage> CreateStorageAsync() => Task.FromResult(Storage.Sqlite());
}

public sealed class KilledProcessOnPostgresTests : KilledProcessTests
{
    protected override Task<Storage> CreateStorageAsync() => Storage.PostgresAsync();
}
