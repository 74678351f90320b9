using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.Logging;
using Tokens.Testing;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Redaction;

/// <summary>After a run with every kind of outcome no secret and no card detail is found where it isn't needed.</summary>
public abstract class RedactionTests
{
    private const string SecretKey = "sk_test_mustNeverBeSeenAnywhere";
    private const string Pepper = "a pepper that must never be seen anywhere";
    private const string OldWebhookSecret = "whsec_mustNeverBeSeenOld";
    private const string WebhookSecret = "whsec_mustNeverBeSeenNew";
    private const int ShownAround = 300;
    private static readonly TimeSpan Soon = Eventually.Deadline;

    // As Stripe's objects carry them, also within another text.
    private static readonly string[] CardDetails =
        [.. new[] { "last4", "exp_month", "exp_year", "fingerprint" }.SelectMany(name => new[] { name + "\":", name + "\\\":" })];

    [Fact]
    public async Task Nothing_secret_is_logged_measured_answered_or_stored()
    {
        using var logs = new LogRecorder();
        using var tags = new TagRecorder();
        await using var storage = await OpenStorageAsync();
        var errors = new ConcurrentQueue<string>();
        var sandbox = $"http://127.0.0.1:{LoopbackPort.Free()}";
        string[] secrets;
        string stored;
        await using (var product = await RunningProduct.StartAsync(
            storage,
            new Dictionary<string, string?>
            {
                ["STRIPE_WEBHOOK_SECRET"] = $"{WebhookSecret}, {OldWebhookSecret}",
                ["STRIPE_SECRET_KEY"] = SecretKey,
                ["GIFT_CARD_PEPPER"] = Pepper,
                ["STRIPE_API_BASE"] = sandbox,
                ["SANDBOX_URLS"] = sandbox,
            },
            builder => builder.Logging.AddProvider(logs).SetMinimumLevel(LogLevel.Trace)))
        {
            using var stripe = new HttpClient { BaseAddress = product.Sandbox };
            using var fan = await TestMember.SignInAsync(product.Gateway);
            secrets = await LiveThroughItAllAsync(product, stripe, fan, errors);
            stored = await StoredText.OfAsync(storage);
        }

        // What is searched is there: the run's own traces.
        logs.Lines.ShouldContain(line => line.Contains("/v1/payment_intents", StringComparison.Ordinal));
        tags.Tags.ShouldContain(tag => tag.StartsWith("tokens.payments.", StringComparison.Ordinal));
        stored.ShouldContain("pm_card_visa");

        foreach (var secret in secrets)
        {
            ShouldNotTell(secret, logs.Lines);
            ShouldNotTell(secret, tags.Tags);
            ShouldNotTell(secret, errors);
            ShouldNotTell(secret, [stored]);
        }
    }

    private protected abstract Task<Storage> OpenStorageAsync();

    private static void ShouldNotTell(string secret, IEnumerable<string> texts)
    {
        if (texts.FirstOrDefault(text => text.Contains(secret, StringComparison.Ordinal)) is { } told)
        {
            var at = told.IndexOf(secret, StringComparison.Ordinal);
            Assert.Fail($"'{secret}' stands in: …{told[Math.Max(0, at - ShownAround)..Math.Min(told.Length, at + secret.Length + ShownAround)]}…");
        }
    }

    /// <summary>Every kind of outcome, once; answers with what must be found nowhere.</summary>
    private static async Task<string[]> LiveThroughItAllAsync(
        RunningProduct product, HttpClient stripe, TestMember fan, ConcurrentQueue<string> errors)
    {
        var paid = await BuyAsync(fan, "pm_card_visa", "k", errors);
        await BuyAsync(fan, "pm_card_visa", "k", errors);
        await BuyAsync(fan, "pm_card_chargeDeclinedLostCard", null, errors);
        await BuyAsync(fan, "pm_unknown", null, errors);
        var pending = await BuyAsync(fan, "pm_card_threeDSecure2Required", null, errors);
        var intent = pending.Json.GetProperty("paymentIntent");
        (await stripe.PostAsJsonAsync(
            $"/sandbox/payment_intents/{intent.GetProperty("id").GetString()}/authenticate", new { outcome = "succeed" })).EnsureSuccessStatusCode();
        await Eventually.BecomesTrueAsync(async () => await fan.BalanceAsync() == 100, Soon, "the authenticated purchase is credited");

        await SendForgedEventAsync(product.Gateway, fan, errors);
        foreach (var fault in new object[] { new { errorRate = 1 }, new { rateLimitRate = 1 }, new { dropConnectionRate = 1 }, new { lostReplyRate = 1 } })
        {
            (await stripe.PutAsJsonAsync("/sandbox/faults", fault)).EnsureSuccessStatusCode();
            await BuyAsync(fan, "pm_card_visa", null, errors);
        }

        return
        [
            .. await PassACardOnAsync(product, fan, errors),
            Pepper,
            SecretKey,
            WebhookSecret,
            OldWebhookSecret,
            paid.Json.GetProperty("paymentIntent").GetProperty("client_secret").GetString()!,
            intent.GetProperty("client_secret").GetString()!,
            .. CardDetails,
        ];
    }

    private static async Task<Answer> BuyAsync(TestMember fan, string card, string? key, ConcurrentQueue<string> errors)
    {
        var answer = await fan.PostAsync("/api/tokens/purchase", new { tokenAmount = 50, paymentMethodId = card }, key);
        if (answer.Status >= 400)
        {
            errors.Enqueue(answer.Text);
        }

        return answer;
    }

    /// <summary>A card that is shown twice, tried in vain, redeemed and tried again; answers with its code, however it may be written.</summary>
    private static async Task<string[]> PassACardOnAsync(RunningProduct product, TestMember fan, ConcurrentQueue<string> errors)
    {
        using var friend = await TestMember.SignInAsync(product.Gateway);
        var card = await fan.PostAsync("/api/tokens/gift-card", new { tokenAmount = 10 }, "card");
        var code = (await fan.PostAsync("/api/tokens/gift-card", new { tokenAmount = 10 }, "card")).Json.GetProperty("giftCardCode").GetString()!;
        code.ShouldBe(card.Json.GetProperty("giftCardCode").GetString());
        foreach (var (member, status) in new[] { (fan, 400), (friend, 200), (friend, 404) })
        {
            var answer = await member.PostAsync("/api/tokens/redeem-gift-card", new { giftCardCode = code });
            answer.Status.ShouldBe(status, answer.Text);
            errors.Enqueue(answer.Text);
        }

        var id = Guid.Parse(code);
        return
        [
            code,
            id.ToString("N"),
            Convert.ToHexStringLower(id.ToByteArray()),
            Convert.ToBase64String(id.ToByteArray()).TrimEnd('='),
            Convert.ToBase64String(id.ToByteArray(bigEndian: true)).TrimEnd('='),
            Encoding.Latin1.GetString(id.ToByteArray()),
            Encoding.Latin1.GetString(id.ToByteArray(bigEndian: true)),
        ];
    }

    private static async Task SendForgedEventAsync(Uri gateway, TestMember fan, ConcurrentQueue<string> errors)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway, "/webhooks/stripe"))
        {
            Content = new StringContent("""{"type":"payment_intent.succeeded","data":{"object":{"client_secret":"x"}}}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Stripe-Signature", "t=1,v1=00");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", fan.Token);
        var answer = await Answer.ReadAsync(await fan.Client.SendAsync(request));
        answer.Status.ShouldBe(400, answer.Text);
        errors.Enqueue(answer.Text);
    }
}

public sealed class RedactionOnSqliteTests : RedactionTests
{
    private protected override Task<Storage> OpenStorageAsync() => Task.FromResult(Storage.Sqlite());
}

public sealed class RedactionOnPostgresTests : RedactionTests
{
    private protected override Task<Storage> OpenStorageAsync() => Storage.PostgresAsync();
}
