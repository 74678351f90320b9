using System.Text;
using System.Text.Json;
using Tokens.Testing.Products;

namespace Tokens.Payments.Tests.Parts;

/// <summary>Events as Stripe sends them: whole objects, with what must never be kept, signed.</summary>
internal static class Webhook
{
    public const string Path = "/webhooks/stripe";
    public const string Secret = "whsec_test_first";
    public const string OtherSecret = "whsec_test_second";

    public static (string Name, string Value) Setting { get; } = ("STRIPE_WEBHOOK_SECRET", Secret);

    public static IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
    {
        [Setting.Name] = Setting.Value,
        ["Logging:LogLevel:Default"] = "Error",
    };

    public static string NewId() => $"evt_{Guid.NewGuid():N}";

    public static string Succeeded(Guid purchaseId, string intentId, long amount = 500, string currency = "usd", string? id = null) =>
        Json("payment_intent.succeeded", purchaseId.ToString(), intentId, amount, currency, id);

    public static string Json(
        string type, string? purchaseId, string intentId = "pi_test", long amount = 500, string currency = "usd", string? id = null) =>
        $$"""
        {
          "id": "{{id ?? NewId()}}",
          "object": "event",
          "api_version": "2019-02-19",
          "created": {{UnixNow()}},
          "data": {
            "object": {
              "id": "{{intentId}}",
              "object": "payment_intent",
              "amount": {{amount}},
              "amount_received": {{amount}},
              "charges": { "data": [ { "id": "ch_1", "payment_method_details": { "card": { "brand": "visa", "last4": "4242" } } } ] },
              "client_secret": "{{intentId}}_secret_9f3",
              "created": {{UnixNow()}},
              "currency": "{{currency}}",
              "description": "Zażółć gęślą jaźń 🎉",
              "last_payment_error": null,
              "latest_charge": "ch_1",
              "livemode": false,
              "metadata": { {{(purchaseId is null ? "" : $"\"purchase_id\": \"{purchaseId}\"")}} },
              "status": "succeeded"
            }
          },
          "livemode": false,
          "pending_webhooks": 1,
          "request": { "id": "req_1", "idempotency_key": "k" },
          "type": "{{type}}"
        }
        """;

    public static string IdOf(string body) => JsonDocument.Parse(body).RootElement.GetProperty("id").GetString()!;

    public static string Sign(string body, string secret = Secret, TimeSpan age = default) =>
        Sign(Encoding.UTF8.GetBytes(body), secret, age);

    public static string Sign(byte[] body, string secret = Secret, TimeSpan age = default) =>
        StripeSignature.Header(body, secret, (UnixNow() - (long)age.TotalSeconds).ToString());

    /// <summary>Sends it signed by <see cref="Secret"/>.</summary>
    public static Task<Testing.Products.Answer> SendAsync(HttpClient client, string body) => SendAsync(client, body, Sign(body));

    public static Task<Testing.Products.Answer> SendAsync(HttpClient client, string body, string? signature) =>
        SendAsync(client, Encoding.UTF8.GetBytes(body), signature);

    public static async Task<Testing.Products.Answer> SendAsync(HttpClient client, byte[] body, string? signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=utf-8");
        if (signature is not null)
        {
            request.Headers.TryAddWithoutValidation("Stripe-Signature", signature);
        }

        return await Testing.Products.Answer.ReadAsync(await client.SendAsync(request));
    }

    private static long UnixNow() => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
}
