using Tokens.Bench.Figures;

namespace Tokens.Bench.Reports;

/// <summary>Figures with what is required of them.</summary>
internal static class FigureTable
{
    internal static string Of(IReadOnlyList<Figure> figures)
    {
        var table = new TextTable("figure", "median", "by round", "required", "holds");
        foreach (var figure in figures)
        {
            table.Add(
                figure.Name,
                Text.Ratio(figure.Median),
                string.Join(" ", figure.ByRound.Select(Text.Ratio)),
                figure.Required?.ToString() ?? "",
                figure.Holds switch { true => "yes", false => "NO", null => "" });
        }

        return table.ToString();
    }
}
