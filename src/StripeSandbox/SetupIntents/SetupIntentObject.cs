using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tokens.StripeSandbox.SetupIntents;

/// <summary>A SetupIntent as Stripe writes it; members that the sandbox has no use for carry Stripe's default.</summary>
internal sealed record SetupIntentObject([property: JsonIgnore] SetupIntent Intent)
{
    public string Id => Intent.Id;

    public string Object => "setup_intent";

    public string? Application => null;

    public string? CancellationReason => Intent.CancellationReason;

    public string ClientSecret => Intent.ClientSecret;

    public long Created => Intent.Created;

    public string? Customer => Intent.CustomerId;

    public string? Description => null;

    public JsonElement? LastSetupError => Intent.LastSetupError?.ToElement();

    public bool Livemode => false;

    public IReadOnlyDictionary<string, string> Metadata => Intent.Metadata;

    public object? NextAction => Intent.ActionUrl is { } url
        ? new { Type = "use_stripe_sdk", UseStripeSdk = new { Type = "three_d_secure_redirect", StripeJs = url } }
        : null;

    public string? PaymentMethod => Intent.PaymentMethodId;

    public IReadOnlyList<string> PaymentMethodTypes => ["card"];

    public SetupIntentStatus Status => Intent.Status;

    public string Usage => Intent.Usage;
}
