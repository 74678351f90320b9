using System.Text;

namespace Tokens.Bench.Reports;

/// <summary>A table that reads well in a terminal and is Markdown.</summary>
internal sealed class TextTable(params string[] columns)
{
    private readonly List<string[]> _rows = [];

    internal TextTable Add(params string[] cells)
    {
        _rows.Add(cells.Length == columns.Length
            ? cells
            : throw new ArgumentException($"{cells.Length} cells for {columns.Length} columns.", nameof(cells)));
        return this;
    }

    /// <summary>The first column stands left, figures stand right.</summary>
    public override string ToString()
    {
        int[] widths = [.. columns.Select((column, i) => Math.Max(3, _rows.Select(row => row[i].Length).Append(column.Length).Max()))];
        var text = new StringBuilder();
        Line(columns);
        Line([.. widths.Select((width, i) => i == 0 ? new string('-', width) : new string('-', width - 1) + ':')]);
        _rows.ForEach(Line);
        return text.ToString();

        void Line(string[] cells)
        {
            var padded = cells.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]));
            text.Append("| ").AppendJoin(" | ", padded).AppendLine(" |");
        }
    }
}
