using System.Security.Cryptography;
using System.Text;
using Tokens.Platform.Inputs;

namespace Tokens.Payments.Purchases;

/// <summary>What a member asks for, after reading and pricing.</summary>
/// <param name="MemberId">Who buys.</param>
/// <param name="Route">One of <see cref="PurchaseRoutes"/>.</param>
/// <param name="Key">The client's name for the request; null when it sent none.</param>
/// <param name="Tokens">What the price buys.</param>
/// <param name="BonusTokens">What is given on top.</param>
/// <param name="AmountMinor">Price in US cents.</param>
/// <param name="PaymentMethodId">Stripe's id of the payment method.</param>
internal sealed record PurchaseOrder(
    Guid MemberId, string Route, IdempotencyKey? Key, long Tokens, long BonusTokens, long AmountMinor, string PaymentMethodId)
{
    /// <summary>What the client said of the payment method, where that isn't its id: nothing, when it is to be the default one.</summary>
    internal string? MethodChoice { get; init; }

    /// <summary>Stripe's id of the customer for whom the payment method is kept, or is to be.</summary>
    internal string? CustomerId { get; init; }

    /// <summary>Whether the member wants the payment method kept once it has paid.</summary>
    internal bool SavesMethod { get; init; }

    /// <summary>Whether the card is kept already, so that this payment need not keep it.</summary>
    internal bool IsMethodKept { get; init; }

    /// <summary>Why the product buys by itself, while the member is away; null when the member does.</summary>
    internal string? RefillTrigger { get; init; }

    /// <summary>SHA-256 of what the client chose. Its price isn't part of it: a repeat after a change of prices is the same request.</summary>
    internal byte[] PayloadHash() => SHA256.HashData(Encoding.UTF8.GetBytes(RefillTrigger is not null
        ? $"{RefillTrigger}\n{MethodChoice}"
        : $"{Tokens}\n{MethodChoice ?? PaymentMethodId}{(SavesMethod ? "\nsaved" : "")}"));
}
