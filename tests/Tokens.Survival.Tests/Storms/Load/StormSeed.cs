using System.Security.Cryptography;
using Xunit.Abstractions;

namespace Tokens.Survival.Tests.Storms.Load;

/// <summary>Where a storm's choices come from: another each time, unless the environment names one.</summary>
internal static class StormSeed
{
    internal const string Variable = "TOKENS_STORM_SEED";

    /// <summary>The seed of one storm; a failure shows it, because it shows what the test has written.</summary>
    internal static int Choose(ITestOutputHelper output)
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        var seed = string.IsNullOrWhiteSpace(named) ? RandomNumberGenerator.GetInt32(int.MaxValue) : int.Parse(named);
        output.WriteLine($"{Variable}={seed}");
        return seed;
    }
}
