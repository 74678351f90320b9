using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Tokens.StripeSandbox.Tests.Running;

/// <summary>Speaks to a sandbox as Stripe's SDKs do, but with the wire in plain sight.</summary>
internal sealed class StripeCaller(Uri address) : IDisposable
{
    internal const string Intents = "/v1/payment_intents";
    private readonly HttpClient http = new() { BaseAddress = address };

    internal string ApiKey { get; init; } = "sk_test_" + Guid.CreateVersion7().ToString("N");

    internal Task<Answer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Posts a body that is already encoded.</summary>
    internal Task<Answer> PostAsync(string path, string form = "", string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return SendAsync(request);
    }

    internal async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            request.Headers.Authorization ??= new AuthenticationHeaderValue("Bearer", ApiKey);
            using var response = await http.SendAsync(request);
            return await Answer.ReadAsync(response);
        }
    }

    internal async Task<Answer> SendWithoutKeyAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await http.SendAsync(request);
            return await Answer.ReadAsync(response);
        }
    }

    internal Task<Answer> PutAsync(string path, string json) => SendWithoutKeyAsync(new HttpRequestMessage(HttpMethod.Put, path)
    {
        Content = new StringContent(json, Encoding.UTF8, "application/json"),
    });

    internal Task<Answer> DeleteAsync(string path) => SendWithoutKeyAsync(new HttpRequestMessage(HttpMethod.Delete, path));

    internal async Task<string> CreateAsync(string form = "amount=1900&currency=usd&payment_method=pm_card_visa")
    {
        var created = await PostAsync(Intents, form);
        created.Status.ShouldBe(200, created.Text);
        return created["id"].GetString()!;
    }

    internal Task<Answer> ConfirmAsync(string id, string form = "", string? key = null) =>
        PostAsync($"{Intents}/{id}/confirm", form, key);

    internal Task<Answer> RetrieveAsync(string id) => GetAsync($"{Intents}/{id}");

    internal Task<Answer> AuthenticateAsync(string id, string outcome) => AuthenticateAsync(id, JsonContent.Create(new { outcome }));

    internal Task<Answer> AuthenticateAsync(string id, HttpContent body) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/sandbox/payment_intents/{id}/authenticate") { Content = body });

    internal async Task<List<JsonElement>> ChargesOfAsync(string intentId) =>
        [.. (await GetAsync("/sandbox/charges"))["charges"].EnumerateArray()
            .Where(charge => charge.GetProperty("paymentIntentId").GetString() == intentId)];

    public void Dispose() => http.Dispose();
}
