namespace Tokens.Platform.Storage.Postgres;

/// <summary>Session settings in the form of the startup parameter <c>options</c>: <c>-c name=value -c name=value</c>.</summary>
internal static class ServerSettings
{
    private const string Flag = "-c ";

    internal static string Join(params ReadOnlySpan<string?> settings) =>
        string.Join(' ', settings.ToArray().Where(each => !string.IsNullOrWhiteSpace(each)));

    /// <summary>The statements that set the same in a session that has begun.</summary>
    internal static string ToStatements(string settings) => string.Concat(
        settings.Split(Flag, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(each => each.Split('=', 2))
            .Select(pair => $"SET {pair[0]} = '{pair[1]}';"));
}
