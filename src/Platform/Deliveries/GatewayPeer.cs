namespace Tokens.Platform.Deliveries;

/// <summary>The feature of a request that came over a connection from a trusted gateway.</summary>
/// <param name="ConfirmsDeliveries">Whether the gateway sends back the receipt that the answer names.</param>
public sealed record GatewayPeer(bool ConfirmsDeliveries);
