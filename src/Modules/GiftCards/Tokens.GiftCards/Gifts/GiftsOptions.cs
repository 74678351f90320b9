using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Tokens.GiftCards.Catalog;

namespace Tokens.GiftCards.Gifts;

/// <summary>Section <c>Gifts</c>, with the fee from <c>PLATFORM_FEE_PERCENTAGE</c>.</summary>
internal sealed class GiftsOptions : IValidatableObject
{
    internal const string FeeSetting = "PLATFORM_FEE_PERCENTAGE";

    private const decimal FeePercentMax = 99;

    /// <summary>What can be given; the default list stands in when the section names none.</summary>
    public IList<CatalogGift> Catalog { get; } = [];

    /// <summary>Per cent of a gift that the platform keeps, rounded down to tokens; 0 to 99, so that something always arrives.</summary>
    public decimal FeePercent { get; set; }

    internal long FeeOf(long tokens) => (long)decimal.Floor(tokens * FeePercent / 100m);

    internal CatalogGift? Find(string? id) => id is null ? null : Catalog.FirstOrDefault(gift => gift.Id == id);

    internal void Read(IConfiguration configuration)
    {
        if (configuration[FeeSetting] is { } text && !string.IsNullOrWhiteSpace(text))
        {
            // What is no number is out of range as well, and refused at the start.
            FeePercent = decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var fee)
                ? fee
                : -1;
        }
    }

    // A list with defaults can't be bound: the binder would add to it instead of replacing it.
    internal void AddDefaultCatalog()
    {
        if (Catalog.Count > 0)
        {
            return;
        }

        foreach (var (id, name, emoji, cost) in GiftCatalog.Defaults)
        {
            Catalog.Add(new CatalogGift { Id = id, Name = name, Emoji = emoji, Cost = cost });
        }
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (FeePercent is < 0 or > FeePercentMax)
        {
            yield return new ValidationResult($"{FeeSetting} must be a number from 0 to {FeePercentMax}.", [nameof(FeePercent)]);
        }

        if (Catalog.Any(gift => gift.Id.Length is < 1 or > 50 || gift.Name.Length is < 1 or > 100 || gift.Emoji.Length is < 1 or > 32))
        {
            yield return new ValidationResult(
                "Catalog: a gift needs an id of 1 to 50 characters, a name of 1 to 100 and an emoji of 1 to 32.", [nameof(Catalog)]);
        }

        if (Catalog.Any(gift => gift.Cost is < 1 or > SendGift.TokensMax))
        {
            yield return new ValidationResult($"Catalog: a gift must cost 1 to {SendGift.TokensMax} tokens.", [nameof(Catalog)]);
        }

        if (Catalog.DistinctBy(gift => gift.Id).Count() < Catalog.Count)
        {
            yield return new ValidationResult("Catalog: no two gifts may have the same id.", [nameof(Catalog)]);
        }
    }
}
