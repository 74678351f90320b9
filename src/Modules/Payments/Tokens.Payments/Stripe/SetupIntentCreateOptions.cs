namespace Stripe;

internal sealed class SetupIntentCreateOptions : BaseOptions
{
    public string? Customer { get; set; }

    public List<string>? PaymentMethodTypes { get; set; }

    /// <summary><c>off_session</c> or <c>on_session</c>.</summary>
    public string? Usage { get; set; }

    public Dictionary<string, string>? Metadata { get; set; }
}
