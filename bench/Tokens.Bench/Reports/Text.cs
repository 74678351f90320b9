using System.Globalization;

namespace Tokens.Bench.Reports;

/// <summary>Figures as reports show them.</summary>
internal static class Text
{
    internal static string Mebibytes(double bytes) => (bytes / (1024 * 1024)).ToString("N0", CultureInfo.InvariantCulture);

    internal static string Kibibytes(double bytes) => (bytes / 1024).ToString("N1", CultureInfo.InvariantCulture);

    internal static string PerSecond(double value) => value.ToString(value < 100 ? "N1" : "N0", CultureInfo.InvariantCulture);

    internal static string Milliseconds(double? value) => value is { } ms ? ms.ToString(ms < 10 ? "N2" : "N0", CultureInfo.InvariantCulture) : "";

    internal static string Ratio(double value) => value.ToString("N2", CultureInfo.InvariantCulture);

    internal static string Seconds(double value) => value.ToString("N1", CultureInfo.InvariantCulture);
}
