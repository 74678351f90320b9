using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using Tokens.Host.Tests.Running;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Testing.Running;

namespace Tokens.Host.Tests.Telemetry;

/// <summary>What makes the faults.</summary>
internal sealed class FaultBench : IDisposable
{
    /// <summary>What the product is told that Stripe signs with.</summary>
    internal const string Secret = "whsec_alerts";

    private readonly Installation _installation;
    private readonly HttpClient _gateway;
    private readonly HttpClient _sandbox;
    private readonly TestMember _fan;
    private readonly TestMember _star;

    private FaultBench(Installation installation, TestMember fan, TestMember star)
    {
        (_installation, _fan, _star) = (installation, fan, star);
        _gateway = new HttpClient { BaseAddress = installation.Gateway };
        _sandbox = new HttpClient { BaseAddress = installation.Sandbox };
    }

    internal static async Task<FaultBench> OpenAsync(Installation installation) => new(
        installation,
        await TestMember.SignInAsync(installation.Gateway),
        await TestMember.SignInAsync(installation.Gateway, isCreator: true));

    public void Dispose()
    {
        _gateway.Dispose();
        _sandbox.Dispose();
        _fan.Dispose();
        _star.Dispose();
    }

    internal async Task DoALittleAsync()
    {
        (await _fan.BuyAsync(200, "pm_card_visa", "k")).Status.ShouldBe(200);
        (await _fan.BuyAsync(50, "pm_card_threeDSecure2Required", "3ds")).Status.ShouldBe(200);
        (await _fan.TipAsync(_star.Id, 1)).Status.ShouldBe(200);
        (await _fan.PostAsync("/api/tokens/gift-card", new { tokenAmount = 10 })).Status.ShouldBe(200);
        await RefillPlan.RefillAsync(_fan, _installation.Sandbox, "pm_card_visa");
    }

    internal async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_installation.Settings["DATABASE_URL"] + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    internal async Task SandboxAsync(object faults) =>
        (await _sandbox.PutAsJsonAsync("/sandbox/faults", faults)).EnsureSuccessStatusCode();

    internal async Task RefusedWebhookAsync()
    {
        for (var i = 0; i < 5; i++)
        {
            (await _gateway.PostAsJsonAsync("/webhooks/stripe", new { })).IsSuccessStatusCode.ShouldBeFalse();
        }
    }

    /// <summary>An event that Stripe made ten minutes ago.</summary>
    internal async Task LateWebhookAsync()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            id = $"evt_{Guid.NewGuid():N}",
            @object = "event",
            created = now - 600,
            type = "payment_intent.succeeded",
            data = new
            {
                @object = new { id = "pi_late", @object = "payment_intent", amount = 500, currency = "usd", metadata = new { purchase_id = Guid.NewGuid() } },
            },
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/stripe") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("Stripe-Signature", StripeSignature.Header(body, Secret, $"{now}"));
        (await _gateway.SendAsync(request)).EnsureSuccessStatusCode();
    }

    internal Task DeclinedRefillsAsync() => Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
    {
        using var member = await TestMember.SignInAsync(_installation.Gateway);
        await RefillPlan.RefillAsync(member, _installation.Sandbox, "pm_card_chargeCustomerFail");
    }));

    internal Task<Answer[]> ManyPurchasesAsync() => Task.WhenAll(Enumerable.Range(0, 40).Select(_ => _fan.PostAsync(
        "/api/tokens/purchase", new { tokenAmount = 50, paymentMethodId = "pm_card_visa" }, Guid.NewGuid().ToString())));

    internal async Task TipsWithoutAnAnswerAsync(OwnPostgres postgres)
    {
        postgres.Pause();
        List<Task<Answer>> tips;
        try
        {
            // One is being posted, two wait, and there is no room for the others.
            tips = [.. Enumerable.Range(0, 12).Select(_ => _fan.TipAsync(_star.Id, 1))];
            (await await Task.WhenAny(tips)).Status.ShouldBe(503);
        }
        finally
        {
            postgres.Resume();
        }

        await Task.WhenAll(tips);
    }
}
