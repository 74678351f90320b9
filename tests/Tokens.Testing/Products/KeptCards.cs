using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;

namespace Tokens.Testing.Products;

/// <summary>Keeps test cards, as a member's browser does by Stripe.js.</summary>
public static class KeptCards
{
    /// <summary>Sets a payment method up, and has Stripe take the card for it.</summary>
    public static async Task KeepAsync(Uri sandbox, TestMember member, string card)
    {
        var setup = await member.PostAsync("/api/tokens/payment-methods/setup", new { });
        setup.Status.ShouldBe(200, setup.Text);
        await ConfirmAsync(sandbox, setup, card);
    }

    /// <summary>Has Stripe take the card for what was set up, 3-D Secure included.</summary>
    public static async Task ConfirmAsync(Uri sandbox, Answer setup, string card)
    {
        using var client = new HttpClient { BaseAddress = sandbox };
        client.DefaultRequestHeaders.Authorization = new("Bearer", "sk_test_browser");
        var id = setup.Json.GetProperty("setupIntent").GetProperty("id").GetString();
        if (await PostAsync(client, $"/v1/setup_intents/{id}/confirm", "payment_method", card) == "requires_action")
        {
            (await PostAsync(client, $"/sandbox/setup_intents/{id}/authenticate", "outcome", "succeed")).ShouldBe("succeeded");
        }
    }

    private static async Task<string?> PostAsync(HttpClient client, string path, string name, string value)
    {
        using var form = new FormUrlEncodedContent([new(name, value)]);
        using var response = await client.PostAsync(new Uri(path, UriKind.Relative), form);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString();
    }
}
