using Tokens.Bench.Rounds;

namespace Tokens.Bench.Settings;

/// <summary>Options of <c>run</c>; <c>Only</c> is a part of the names of the cases to measure, empty for all.</summary>
internal sealed record RunOptions(int Rounds, int Seconds, int WarmUpSeconds, int Members, int Postings, string Only) : BenchOptions
{
    internal static RunOptions Read(OptionReader options)
    {
        var read = new RunOptions(
            options.Number("--rounds", 5, 1, 100),
            options.Number("--seconds", 5, 1, 600),
            options.Number("--warm-up", 1, 0, 60),
            options.Number("--members", 1_000, 2, 1_000),
            options.Number("--postings", 500, 10, 100_000),
            options.Text("--only", ""));
        options.End();
        return CaseNames.All.Any(read.Covers) ? read : throw new OptionException($"--only: no case has '{read.Only}' in its name.");
    }

    internal bool Covers(string name) => name.Contains(Only, StringComparison.OrdinalIgnoreCase);
}
