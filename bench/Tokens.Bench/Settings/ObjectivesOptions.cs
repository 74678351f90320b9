using Tokens.Bench.Objectives;

namespace Tokens.Bench.Settings;

/// <summary>Options of <c>objectives</c>; <c>Only</c> is a part of the names of those to measure, empty for all.</summary>
internal sealed record ObjectivesOptions(int Rounds, int Seconds, string Only, ObjectiveBounds Bounds) : BenchOptions
{
    internal bool CoversAny => ObjectiveNames.All.Any(Covers);

    /// <summary>Those of this verb alone.</summary>
    internal static ObjectivesOptions Read(OptionReader options)
    {
        var read = ReadAmongOthers(options);
        options.End();
        return read.CoversAny ? read : throw new OptionException($"--only: no objective has '{read.Only}' in its name.");
    }

    internal static ObjectivesOptions ReadAmongOthers(OptionReader options) => new(
        options.Number("--rounds", 5, 1, 100),
        options.Number("--seconds", 5, 1, 600),
        options.Text("--only", ""),
        ObjectiveBounds.Read(options));

    internal bool Covers(string name) => name.Contains(Only, StringComparison.OrdinalIgnoreCase);
}
