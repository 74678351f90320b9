using System.Text.Json.Serialization;

namespace Tokens.Payments.Purchases;

/// <summary>The answer of every way to buy: paid, or waiting for the member to authenticate.</summary>
internal sealed record PurchaseResponse(
    bool Success,
    PurchaseResponse.TransactionFacts Transaction,
    PurchaseResponse.IntentFacts PaymentIntent,
    long NewBalance,
    DateTime Timestamp)
{
    /// <summary>True while the member has to authenticate; otherwise left out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? RequiresAction { get; init; }

    /// <summary>Bonus included; left out while nothing was credited.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? TokensAdded { get; init; }

    /// <param name="Id">The purchase's id: histories carry it as their reference.</param>
    /// <param name="Type"><c>purchase</c>, <c>quick_purchase</c> or <c>smart_refill</c>.</param>
    /// <param name="Tokens">What the price bought.</param>
    /// <param name="BonusTokens">What was given on top.</param>
    /// <param name="AmountUsd">The price.</param>
    /// <param name="Status"><c>completed</c> or <c>requires_action</c>.</param>
    internal sealed record TransactionFacts(Guid Id, string Type, long Tokens, long BonusTokens, decimal AmountUsd, string Status);

    internal sealed record IntentFacts(
        string Id, string Status, [property: JsonPropertyName("client_secret")] string? ClientSecret);

    internal static PurchaseResponse Paid(PurchaseResult result)
    {
        var purchase = result.Purchase;
        return new PurchaseResponse(
            true,
            FactsOf(purchase, "completed"),
            new IntentFacts(purchase.PaymentIntentId!, Charging.IntentStatus.Succeeded, result.ClientSecret),
            purchase.NewBalance!.Value,
            purchase.FinishedAt!.Value)
        {
            TokensAdded = purchase.TotalTokens,
        };
    }

    internal static PurchaseResponse AwaitingMember(PurchaseResult result, long balance)
    {
        var purchase = result.Purchase;
        return new PurchaseResponse(
            false,
            FactsOf(purchase, purchase.Status.Wire()),
            new IntentFacts(purchase.PaymentIntentId!, Charging.IntentStatus.RequiresAction, result.ClientSecret),
            balance,
            purchase.UpdatedAt)
        {
            RequiresAction = true,
        };
    }

    private static TransactionFacts FactsOf(Purchase purchase, string status) => new(
        purchase.Id, PurchaseRoutes.TypeOf(purchase.Route), purchase.Tokens, purchase.BonusTokens, purchase.AmountUsd, status);
}
