using System.Net.Http.Json;
using System.Text.Json;
using Tokens.Testing.Products;
using Answer = Tokens.Testing.Products.Answer;

namespace Tokens.Payments.Tests.SavedMethods;

/// <summary>What tests do to the kept payment methods of a member, through the gateway and at the sandbox.</summary>
internal static class MemberMethods
{
    /// <summary>Test cards, each of a number of its own.</summary>
    internal static readonly string[] Cards =
    [
        "pm_card_visa", "pm_card_visa_debit", "pm_card_mastercard", "pm_card_mastercard_debit", "pm_card_mastercard_prepaid", "pm_card_amex",
        "pm_card_discover", "pm_card_diners", "pm_card_jcb", "pm_card_unionpay", "pm_card_createDispute", "pm_card_pendingRefund",
        "pm_card_refundFail", "pm_card_chargeCustomerFail",
    ];

    internal static async Task<Answer> BuyAsync(this TestMember member, string card, bool saves, int status)
    {
        var answer = await member.PostAsync("/api/tokens/purchase", new { tokenAmount = 50, paymentMethodId = card, savePaymentMethod = saves });
        answer.Status.ShouldBe(status, answer.Text);
        return answer;
    }

    internal static Task<Answer> SaveByPurchaseAsync(this TestMember member, string card, string key) =>
        member.PostAsync("/api/tokens/purchase", new { tokenAmount = 50, paymentMethodId = card, savePaymentMethod = true }, key);

    internal static Task<Answer> BuyWithSavedAsync(this TestMember member, string? methodId = null) =>
        member.PostAsync("/api/tokens/purchase-saved", new { tokenAmount = 50, paymentMethodId = methodId });

    internal static Task<Answer> SetUpAsync(this TestMember member) => member.PostAsync("/api/tokens/payment-methods/setup", new { });

    internal static Task<Answer> ChooseAsync(this TestMember member, string id) =>
        member.PutAsync("/api/tokens/payment-methods/default", new { paymentMethodId = id });

    internal static Task<Answer> RemoveAsync(this TestMember member, string id) =>
        member.SendAsync(HttpMethod.Delete, $"/api/tokens/payment-methods/{id}", content: null);

    internal static async Task<List<Method>> ListMethodsAsync(this TestMember member)
    {
        var answer = await member.GetAsync("/api/tokens/payment-methods");
        answer.Status.ShouldBe(200, answer.Text);
        return MethodsOf(answer);
    }

    internal static List<Method> MethodsOf(Answer answer) =>
        answer.Json.GetProperty("paymentMethods").Deserialize<List<Method>>(JsonSerializerOptions.Web)!;

    internal static async Task DeleteCustomerOfAsync(this Uri sandbox, string methodId) =>
        await StripeAsync(sandbox, HttpMethod.Delete, $"/v1/customers/{await CustomerAsync(sandbox, methodId)}");

    /// <summary>What Stripe keeps for the customer of that method.</summary>
    internal static async Task<List<string?>> AttachedWithAsync(this Uri sandbox, string methodId) =>
    [
        .. (await StripeAsync(sandbox, HttpMethod.Get, $"/v1/payment_methods?limit=100&customer={await CustomerAsync(sandbox, methodId)}"))
            .GetProperty("data").EnumerateArray().Select(method => method.GetProperty("id").GetString()),
    ];

    /// <summary>The payment method that paid what an answer tells of.</summary>
    internal static async Task<string?> PayingMethodAsync(this Uri sandbox, Answer answer)
    {
        answer.Status.ShouldBe(200, answer.Text);
        var id = answer.Json.TryGetProperty("paymentIntent", out var intent)
            ? intent.GetProperty("id").GetString()
            : answer.Json.GetProperty("paymentIntentId").GetString();
        return (await StripeAsync(sandbox, HttpMethod.Get, $"/v1/payment_intents/{id}")).GetProperty("payment_method").GetString();
    }

    private static async Task<string> CustomerAsync(Uri sandbox, string methodId) =>
        (await StripeAsync(sandbox, HttpMethod.Get, $"/v1/payment_methods/{methodId}")).GetProperty("customer").GetString()!;

    private static async Task<JsonElement> StripeAsync(Uri sandbox, HttpMethod method, string path)
    {
        using var client = new HttpClient { BaseAddress = sandbox };
        client.DefaultRequestHeaders.Authorization = new("Bearer", "sk_test_operator");
        using var response = await client.SendAsync(new HttpRequestMessage(method, path));
        return await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
    }

    internal sealed record Method(string Id, string Brand, string Last4, long ExpMonth, long ExpYear, bool IsDefault);
}
