using System.Net.Http.Headers;
using System.Net.Http.Json;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Testing.Running;

namespace Tokens.Survival.Tests;

/// <summary>A gateway that dies between the host's answer and the client: the client, which sends no key, repeats and pays once.</summary>
public abstract class KilledGatewayTests
{
    private static readonly TimeSpan Soon = Eventually.Deadline;
    private static readonly object Order = new { tokenAmount = 50, paymentMethodId = "pm_card_visa" };

    [Fact]
    public async Task A_purchase_whose_answer_died_with_the_gateway_is_charged_once()
    {
        await using var installation = await InstallAsync();
        var host = installation.Launch("--roles", "api,sandbox");
        await host.WaitUntilReadyAsync(installation.Api);
        var gateway = await StartGatewayAsync(installation);
        using var stripe = new HttpClient { BaseAddress = installation.Sandbox };
        stripe.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sk_test_any");
        using var fan = await TestMember.SignInAsync(installation.Gateway);
        using var direct = new HttpClient { BaseAddress = installation.Api };
        direct.DefaultRequestHeaders.Authorization = fan.Client.DefaultRequestHeaders.Authorization;
        (await stripe.PutAsJsonAsync("/sandbox/faults", new { latencyMs = 1_000 })).EnsureSuccessStatusCode();

        var call = fan.PostAsync("/api/tokens/purchase", Order);
        await Eventually.BecomesTrueAsync(
            async () => await CountAsync(stripe, "/v1/payment_intents", "data") == 1, Soon, "the host is at the purchase");
        gateway.Pause();
        await Eventually.BecomesTrueAsync(async () => await BalanceAsync(direct) == 50, Soon, "the purchase is paid");
        // Time for the answer to reach the frozen gateway's socket.
        for (var i = 0; i < 10; i++)
        {
            await BalanceAsync(direct);
        }

        await gateway.KillAsync();
        await Should.ThrowAsync<HttpRequestException>(() => call);
        await StartGatewayAsync(installation);
        var again = await fan.PostAsync("/api/tokens/purchase", Order);

        again.Status.ShouldBe(200, again.Text);
        again.Json.GetProperty("newBalance").GetInt64().ShouldBe(50);
        (await CountAsync(stripe, "/sandbox/charges", "charges")).ShouldBe(1);
    }

    private protected abstract Task<Installation> InstallAsync();

    private static async Task<ProductProcess> StartGatewayAsync(Installation installation)
    {
        var gateway = installation.Launch(
            new Dictionary<string, string?> { ["GATEWAY_DESTINATIONS"] = installation.Api.AbsoluteUri }, "--roles", "gateway");
        await gateway.WaitUntilReadyAsync(installation.Gateway);
        return gateway;
    }

    private static async Task<long> BalanceAsync(HttpClient host) =>
        (await Answer.ReadAsync(await host.GetAsync("/api/tokens/balance"))).Json.GetProperty("balance").GetInt64();

    private static async Task<int> CountAsync(HttpClient stripe, string path, string list) =>
        (await Answer.ReadAsync(await stripe.GetAsync(path))).Json.GetProperty(list).GetArrayLength();
}

[Trait(Form.Trait, Form.Extended)]
public sealed class KilledGatewayOnSqliteTests : KilledGatewayTests
{
    private protected override Task<Installation> InstallAsync() => Task.FromResult(Installation.Sqlite());
}

public sealed class KilledGatewayOnPostgresTests : KilledGatewayTests
{
    private protected override Task<Installation> InstallAsync() => Installation.PostgresAsync();
}
