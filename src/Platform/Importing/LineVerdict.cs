namespace Tokens.Platform.Importing;

/// <summary>What became of a line.</summary>
/// <param name="Fate">Whether it was taken over.</param>
/// <param name="Reason">Why it was refused, for the operator; holds no secret of the line. Null for the other fates.</param>
public sealed record LineVerdict(LineFate Fate, string? Reason = null)
{
    /// <summary>Taken over now; in a dry run, it would be.</summary>
    public static LineVerdict Taken { get; } = new(LineFate.Taken);

    /// <summary>Taken over by an earlier run.</summary>
    public static LineVerdict Known { get; } = new(LineFate.Known);

    /// <summary>Refused for that reason, and nothing changed.</summary>
    public static LineVerdict Refused(string reason) => new(LineFate.Refused, reason);
}

/// <summary>The fates of a line.</summary>
public enum LineFate
{
    /// <summary>Taken over now.</summary>
    Taken,

    /// <summary>Taken over before.</summary>
    Known,

    /// <summary>Refused.</summary>
    Refused,
}
