using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Tokens.Platform.Time;

namespace Tokens.Bench.Objectives;

/// <summary>A signed webhook event of a payment, for a purchase that the product does not have.</summary>
internal static class StripeEvent
{
    internal static HttpRequestMessage NewRequest(string secret)
    {
        var time = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var body = Encoding.UTF8.GetBytes(NewBody(time));
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{time}."), .. body];
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
        var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/stripe") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.TryAddWithoutValidation("Stripe-Signature", $"t={time},v1={signature}");
        return request;
    }

    private static string NewBody(long time) =>
        $$"""
        {
          "id": "evt_{{Uuid.NewRandom():N}}",
          "object": "event",
          "api_version": "2019-02-19",
          "created": {{time}},
          "data": {
            "object": {
              "id": "pi_elsewhere",
              "object": "payment_intent",
              "amount": 500,
              "amount_received": 500,
              "charges": { "data": [ { "id": "ch_1", "payment_method_details": { "card": { "brand": "visa", "last4": "4242" } } } ] },
              "client_secret": "pi_elsewhere_secret_9f3",
              "created": {{time}},
              "currency": "usd",
              "description": "Zażółć gęślą jaźń 🎉",
              "last_payment_error": null,
              "latest_charge": "ch_1",
              "livemode": false,
              "metadata": { "purchase_id": "{{Uuid.NewRandom()}}" },
              "status": "succeeded"
            }
          },
          "livemode": false,
          "pending_webhooks": 1,
          "request": { "id": "req_1", "idempotency_key": "k" },
          "type": "payment_intent.succeeded"
        }
        """;
}
