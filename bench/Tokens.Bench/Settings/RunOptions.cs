using Tokens.Bench.Rounds;

namespace Tokens.Bench.Settings;

/// <summary>Options of <c>run</c>; <c>Only</c> is a part of the names of the cases to measure, empty for all.</summary>
internal sealed record RunOptions(int Rounds, int Seconds, int WarmUpSeconds, int Members, int Postings, string Only) : BenchOptions
{
    internal bool CoversAny => CaseNames.All.Any(Covers);

    /// <summary>Those of this verb alone.</summary>
    internal static RunOptions Read(OptionReader options)
    {
        var read = ReadAmongOthers(options);
        options.End();
        return read.CoversAny ? read : throw new OptionException($"--only: no case has '{read.Only}' in its name.");
    }

    internal static RunOptions ReadAmongOthers(OptionReader options) => new(
        options.Number("--rounds", 5, 1, 100),
        options.Number("--seconds", 5, 1, 600),
        options.Number("--warm-up", 1, 0, 60),
        options.Number("--members", 1_000, 2, 1_000),
        options.Number("--postings", 500, 10, 100_000),
        options.Text("--only", ""));

    internal bool Covers(string name) => name.Contains(Only, StringComparison.OrdinalIgnoreCase);
}
