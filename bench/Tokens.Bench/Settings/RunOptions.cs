namespace Tokens.Bench.Settings;

/// <summary>Options of <c>run</c>.</summary>
internal sealed record RunOptions(int Rounds, int Seconds, int WarmUpSeconds, int Members, int Postings) : BenchOptions
{
    internal static RunOptions Read(OptionReader options)
    {
        var read = new RunOptions(
            options.Number("--rounds", 5, 1, 100),
            options.Number("--seconds", 5, 1, 600),
            options.Number("--warm-up", 1, 0, 60),
            options.Number("--members", 1_000, 2, 1_000),
            options.Number("--postings", 500, 10, 100_000));
        options.End();
        return read;
    }
}
