namespace Tokens.Platform.Telemetry;

/// <summary>A gauge's value for one tag.</summary>
/// <param name="Name">The gauge's name.</param>
/// <param name="Value">In its unit.</param>
/// <param name="Tag">Name and value of the one tag; null for none. Never an id.</param>
public sealed record FigureReading(string Name, double Value, KeyValuePair<string, object?>? Tag = null)
{
    /// <summary>With a tag.</summary>
    public FigureReading(string name, double value, string tag, string of)
        : this(name, value, new KeyValuePair<string, object?>(tag, of))
    {
    }
}
