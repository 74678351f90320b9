using System.Text.Json;

namespace Tokens.Bench.Objectives;

/// <summary>An answer and how long it took to come whole.</summary>
internal sealed record TimedAnswer(int Status, string Text, double Ms)
{
    /// <exception cref="InvalidOperationException">The request was refused.</exception>
    internal JsonElement Require() => Status == 200 ? JsonElement.Parse(Text) : throw new InvalidOperationException($"{Status}: {Text}");
}
