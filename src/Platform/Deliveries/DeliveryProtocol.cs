namespace Tokens.Platform.Deliveries;

/// <summary>
/// How a gateway confirms that a client took an answer: the gateway offers it in the request, the API names a receipt in the answer, and
/// the gateway sends the receipt back once the client has the whole answer.
/// </summary>
public static class DeliveryProtocol
{
    /// <summary>Request header: the gateway confirms deliveries. It counts from trusted gateways only, and never comes from a client.</summary>
    public const string OfferHeader = "X-Delivery-Confirmation";

    /// <summary>Response header: the receipt, a UUID. The gateway removes it.</summary>
    public const string ReceiptHeader = "X-Delivery-Receipt";

    /// <summary>The path under which a receipt is sent back: <c>POST {Path}/{receipt}</c>, answered with 204.</summary>
    public const string Path = "/internal/deliveries";
}
