using System.Diagnostics;

namespace Tokens.Platform.Telemetry;

/// <summary>
/// A trace on its way through a table: the <c>traceparent</c> of W3C Trace Context, so that what is done later, or by another host,
/// stays in the trace of what caused it.
/// </summary>
public static class TraceParent
{
    /// <summary>Its length in characters.</summary>
    public const int Length = 55;

    /// <summary>That of the present span; null when there is none, or it isn't recorded.</summary>
    public static string? Current => Activity.Current is { Recorded: true, IdFormat: ActivityIdFormat.W3C } span ? span.Id : null;

    /// <summary>Reads one; the default, which is no context, when it is null or isn't one.</summary>
    /// <param name="text">As <see cref="Current"/> gave it.</param>
    public static ActivityContext Parse(string? text) =>
        ActivityContext.TryParse(text, traceState: null, isRemote: true, out var context) ? context : default;
}
