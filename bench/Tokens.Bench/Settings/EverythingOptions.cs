namespace Tokens.Bench.Settings;

/// <summary>Options without a verb: <c>run</c>, then <c>objectives</c>; what they share is given once.</summary>
internal sealed record EverythingOptions(RunOptions Run, ObjectivesOptions Objectives) : BenchOptions
{
    internal static EverythingOptions Read(OptionReader options)
    {
        var read = new EverythingOptions(RunOptions.ReadAmongOthers(options), ObjectivesOptions.ReadAmongOthers(options));
        options.End();
        return read.Run.CoversAny || read.Objectives.CoversAny
            ? read
            : throw new OptionException($"--only: neither a case nor an objective has '{read.Run.Only}' in its name.");
    }
}
