namespace Tokens.Platform.Inputs;

/// <summary>The instant for which a date without a time stands, in UTC.</summary>
public enum BareDate
{
    /// <summary>The first instant of that day.</summary>
    Start,

    /// <summary>The first instant after that day: what ends then includes the whole day.</summary>
    End,
}
