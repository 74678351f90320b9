using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Tokens.GiftCards;

/// <summary>Section <c>GiftCards</c>.</summary>
internal sealed class GiftCardsOptions
{
    /// <summary>Hours for which a repeat shows the code of an unused card again, 0 to 24.</summary>
    [Range(0, 24)]
    public int RevealHours { get; set; } = 24;

    /// <summary>The front end's origin, from <c>FRONTEND_URL</c>; empty makes the link relative.</summary>
    internal string FrontendOrigin { get; private set; } = "";

    internal string RedeemUrl(string code) => $"{FrontendOrigin}/redeem/{code}";

    internal void Read(IConfiguration configuration)
    {
        string[] origins = configuration["FRONTEND_URL"]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        FrontendOrigin = origins.FirstOrDefault("").TrimEnd('/');
    }
}
