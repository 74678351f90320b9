namespace Tokens.Host.Ops.Signals;

/// <summary>A line on the page.</summary>
/// <param name="Group">Under which heading.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Unit">Of its values.</param>
/// <param name="Value">Its value between two readings; null when it isn't known.</param>
internal sealed record Signal(string Group, string Title, string Unit, Func<Reading, Reading, double?> Value)
{
    /// <summary>How much a sum grows in a second.</summary>
    internal static Func<Reading, Reading, double?> Rate(string name, string? tag = null, Func<string, bool>? isWanted = null) =>
        (before, now) => Growth(before, now, name, tag, isWanted) / Math.Max(0.001, (now.At - before.At).TotalSeconds);

    /// <summary>Which part of a sum's growth has the tag, in percent; null when it doesn't grow.</summary>
    internal static Func<Reading, Reading, double?> Share(string name, string tag, Func<string, bool> isWanted) => (before, now) =>
        Growth(before, now, name, tag: null, isWanted: null) is > 0 and { } all ? 100 * (Growth(before, now, name, tag, isWanted) ?? 0) / all : null;

    /// <summary>A histogram's quantile, as the bound under which it lies; null when nothing was measured.</summary>
    /// <param name="name">The histogram's name.</param>
    /// <param name="quantile">0 to 1.</param>
    /// <param name="factor">From its unit to the signal's.</param>
    internal static Func<Reading, Reading, double?> Quantile(string name, double quantile, double factor = 1) => (before, now) =>
    {
        var earlier = before.Buckets(name);
        var grown = now.Buckets(name).OrderBy(bucket => bucket.Key)
            .Select(bucket => (Bound: bucket.Key, Count: bucket.Value - earlier.GetValueOrDefault(bucket.Key)))
            .ToList();
        var wanted = quantile * grown.Sum(bucket => bucket.Count);
        if (wanted <= 0)
        {
            return null;
        }

        var count = 0L;
        var index = grown.FindIndex(bucket => (count += bucket.Count) >= wanted);
        // What is beyond the last bound is at least as long as that.
        var bound = double.IsFinite(grown[index].Bound) ? grown[index].Bound : grown.Count > 1 ? grown[^2].Bound : 0;
        return bound * factor;
    };

    /// <summary>A gauge's sum over its tags.</summary>
    internal static Func<Reading, Reading, double?> Sum(string name, double factor = 1) => (_, now) => now.Sum(name) * factor;

    /// <summary>The largest of a gauge's values.</summary>
    internal static Func<Reading, Reading, double?> Max(string name) => (_, now) => now.Max(name);

    /// <summary>The sum of two values that are always known.</summary>
    internal static Func<Reading, Reading, double?> Together(Func<Reading, Reading, double?> one, Func<Reading, Reading, double?> other) =>
        (before, now) => one(before, now) + other(before, now);

    // A series that wasn't there before began at zero.
    private static double? Growth(Reading before, Reading now, string name, string? tag, Func<string, bool>? isWanted) =>
        Math.Max(0, (now.Sum(name, tag, isWanted) ?? 0) - (before.Sum(name, tag, isWanted) ?? 0));
}
