using System.ComponentModel.DataAnnotations;

namespace Tokens.Analytics.Forecasts;

/// <summary>Section <c>Forecast</c>.</summary>
internal sealed class ForecastOptions
{
    /// <summary>Days looked ahead for the day on which a balance is used up, 14 to 120.</summary>
    [Range(14, 120)]
    public int HorizonDays { get; set; } = 60;

    /// <summary>Days of spending that a recommended package covers together with the balance, 1 to 60.</summary>
    [Range(1, 60)]
    public int CoverDays { get; set; } = 14;

    /// <summary>A balance that is used up within so many days is about to run out, 1 to 14.</summary>
    [Range(1, 14)]
    public int SoonDays { get; set; } = 3;
}
