using System.Diagnostics;

namespace Tokens.Platform.Telemetry;

/// <summary>The span of work done for many at once: a child of the first of them that is traced, and linked to the others.</summary>
public static class SharedSpan
{
    /// <summary>Null when nobody listens, or none of them is traced.</summary>
    /// <param name="source">Whose span it is.</param>
    /// <param name="name">Its name, from a small set.</param>
    /// <param name="kind">How it was caused.</param>
    /// <param name="causes">The spans of those for whom the work is done, in order; the default for one that has none.</param>
    public static Activity? Start(ActivitySource source, string name, ActivityKind kind, IEnumerable<ActivityContext> causes)
    {
        if (!source.HasListeners())
        {
            return null;
        }

        var traced = causes.Where(cause => cause.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)).ToList();
        return traced.Count == 0
            ? null
            : source.StartActivity(name, kind, traced[0], tags: null, traced.Skip(1).Select(cause => new ActivityLink(cause)));
    }
}
