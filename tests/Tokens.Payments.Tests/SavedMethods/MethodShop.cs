using Tokens.Payments.Tests.Parts;
using Tokens.Testing;

namespace Tokens.Payments.Tests.SavedMethods;

/// <summary>A shop, and what tests do to kept payment methods there.</summary>
internal static class MethodShop
{
    internal const string Methods = "/api/tokens/payment-methods";

    // Each case asks Stripe once, and many refusals in a row are no outage.
    private static readonly (string Name, string Value)[] Settings =
        [("Resilience:Stripe:RetriesMax", "0"), ("Resilience:Stripe:BreakerCallsMin", "10000")];

    internal static Task<Shop> OpenAsync(params (string Name, string Value)[] settings) => OpenAsync(StorageKind.Sqlite, settings);

    internal static Task<Shop> OpenAsync(StorageKind kind, params (string Name, string Value)[] settings) =>
        Shop.OpenAsync(kind, [.. Settings, .. settings]);

    /// <summary>Has a customer made for the member, and cards of those numbers kept for it.</summary>
    internal static async Task<(string Customer, string[] Methods)> KeepAsync(this Shop shop, Guid memberId, params string[] numbers)
    {
        var setup = await shop.Host.SendAsync(memberId, HttpMethod.Post, Methods + "/setup");
        setup.Status.ShouldBe(200);
        var customer = shop.Stripe.Cards.Customers[^1];
        return (customer, [.. numbers.Select(number => shop.Stripe.Cards.Keep(customer, number))]);
    }

    /// <summary>The ids that the member's list shows, the default's with a star.</summary>
    internal static async Task<string[]> ListAsync(this Shop shop, Guid memberId)
    {
        var answer = await shop.Host.GetAsync(memberId, Methods);
        answer.Status.ShouldBe(200);
        return answer.ShownMethods();
    }

    internal static string[] ShownMethods(this Answer answer) =>
    [
        .. answer["paymentMethods"].EnumerateArray().Select(method =>
            method.GetProperty("id").GetString() + (method.GetProperty("isDefault").GetBoolean() ? "*" : "")),
    ];

    internal static Task IsCalledAsync(this Shop shop, string call) => Eventually.BecomesTrueAsync(
        () => shop.Stripe.CountOf(call) > 0, TimeSpan.FromSeconds(15), $"Stripe is called: {call}");

    /// <summary>Sends the request of that name: <c>list</c>, <c>setup</c>, <c>choose</c>, <c>remove</c>, <c>saved</c>, <c>default</c> or <c>saving</c>.</summary>
    internal static Task<Answer> SendAsync(this Shop shop, string route, Guid memberId, string? methodId) => route switch
    {
        "list" => shop.Host.GetAsync(memberId, Methods),
        "setup" => shop.Host.SendAsync(memberId, HttpMethod.Post, Methods + "/setup"),
        "choose" => shop.Host.SendAsync(memberId, HttpMethod.Put, Methods + "/default", new { paymentMethodId = methodId }),
        "remove" => shop.Host.SendAsync(memberId, HttpMethod.Delete, $"{Methods}/{methodId}"),
        "saved" => shop.Host.BuyAsync(memberId, new { tokenAmount = 50, paymentMethodId = methodId }, route: "purchase-saved"),
        "default" => shop.Host.BuyAsync(memberId, new { tokenAmount = 50 }, route: "purchase-saved"),
        "saving" => shop.Host.BuyAsync(memberId, new { tokenAmount = 50, paymentMethodId = "pm_card_amex", savePaymentMethod = true }),
        _ => throw new ArgumentOutOfRangeException(nameof(route), route, "There is no such request."),
    };
}
