using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Tokens.GiftCards.Codes;

/// <summary>From <c>GIFT_CARD_PEPPER</c>; never logged.</summary>
internal sealed class PepperOptions : IValidatableObject
{
    internal const string Setting = "GIFT_CARD_PEPPER";
    private const int PeppersMax = 10;
    private const int LengthMin = 32;

    /// <summary>
    /// At most 10 of 32 characters or more each, the one that writes first; none in Development for one that the installation makes.
    /// </summary>
    public IReadOnlyList<string> Peppers { get; private set; } = [];

    internal void Read(IConfiguration configuration) =>
        Peppers = configuration[Setting]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Peppers.Count > PeppersMax)
        {
            yield return new ValidationResult($"{Setting}: at most {PeppersMax} peppers, comma-separated.", [nameof(Peppers)]);
        }

        if (Peppers.Any(pepper => pepper.Length < LengthMin))
        {
            yield return new ValidationResult($"{Setting}: each pepper must have {LengthMin} characters or more.", [nameof(Peppers)]);
        }
    }
}
