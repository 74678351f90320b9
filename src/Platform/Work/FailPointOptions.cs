namespace Tokens.Platform.Work;

/// <summary>Section <c>FailPoints</c>; refused outside Development.</summary>
public sealed class FailPointOptions
{
    /// <summary>
    /// Path of a file with the name of the point at which the process kills itself. It is read each time a point is reached, so that a
    /// running process can be told. Null, the default, never.
    /// </summary>
    public string? File { get; set; }
}
