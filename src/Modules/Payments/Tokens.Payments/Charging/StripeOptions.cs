using System.ComponentModel.DataAnnotations;

namespace Tokens.Payments.Charging;

/// <summary>Section <c>Stripe</c>, with <c>STRIPE_SECRET_KEY</c> and <c>STRIPE_API_BASE</c> over it: how Stripe is reached.</summary>
internal sealed class StripeOptions : IValidatableObject
{
    /// <summary>Never to be logged.</summary>
    [Required(ErrorMessage = "STRIPE_SECRET_KEY is required.")]
    public string SecretKey { get; set; } = "";

    /// <summary>Absolute address; over plain HTTP on loopback only.</summary>
    [Required]
    public string ApiBase { get; set; } = "https://api.stripe.com";

    /// <summary>Connections kept open at most, 1 to 1,000.</summary>
    [Range(1, 1_000)]
    public int ConnectionsMax { get; set; } = 100;

    /// <summary>Bytes of an answer read at most, 64 KB to 16 MB.</summary>
    [Range(64 * 1024, 16 * 1024 * 1024)]
    public int AnswerBytesMax { get; set; } = 1024 * 1024;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var isSafe = Uri.TryCreate(ApiBase, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
        if (!isSafe)
        {
            yield return new ValidationResult("STRIPE_API_BASE must be an https address, or an http address on loopback.", [nameof(ApiBase)]);
        }
    }
}
