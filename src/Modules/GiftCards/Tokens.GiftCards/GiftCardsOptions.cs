using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Tokens.GiftCards;

/// <summary>Section <c>GiftCards</c>.</summary>
internal sealed class GiftCardsOptions
{
    private const int RevealHoursMax = 24;

    /// <summary>
    /// Hours for which a repeat shows the code of an unused card again, 0 to 24. With 0 a repeat shows it only when no answer with the code
    /// has been sent before. The first answer always carries the code.
    /// </summary>
    [Range(0, RevealHoursMax)]
    public int RevealHours { get; set; } = RevealHoursMax;

    /// <summary>
    /// With <see cref="RevealHours"/> 0, how long a repeat waits while another answer with the code is being sent, 10 ms to 10 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan RevealWait { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether a code is shown no more once an answer with it has been sent.</summary>
    internal bool RevealsOnce => RevealHours == 0;

    /// <summary>How long the copy of a code is kept at the longest.</summary>
    internal TimeSpan SealedFor => TimeSpan.FromHours(RevealsOnce ? RevealHoursMax : RevealHours);

    /// <summary>The front end's origin, from <c>FRONTEND_URL</c>; empty makes the link relative.</summary>
    internal string FrontendOrigin { get; private set; } = "";

    internal string RedeemUrl(string code) => $"{FrontendOrigin}/redeem/{code}";

    internal void Read(IConfiguration configuration)
    {
        string[] origins = configuration["FRONTEND_URL"]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        FrontendOrigin = origins.FirstOrDefault("").TrimEnd('/');
    }
}
