using System.Text;

namespace Tokens.Host.Tests.Fuzz;

/// <summary>An answer as it came over the wire.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Headers">Names in lower case; values of one name joined by a comma.</param>
/// <param name="Body">The body without its framing; for an event stream, nothing.</param>
internal sealed record WireAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    internal string Text => Encoding.UTF8.GetString(Body);

    internal string? Header(string name) => Headers.GetValueOrDefault(name);

    internal bool IsEventStream => Header("content-type")?.StartsWith("text/event-stream", StringComparison.Ordinal) == true;

    internal bool EndsConnection => IsEventStream || Header("connection")?.Contains("close", StringComparison.OrdinalIgnoreCase) == true;
}
