using System.Text.RegularExpressions;

namespace Tokens.Architecture.Tests.Product;

/// <summary>Reads the steps of a document out of its code blocks.</summary>
internal static partial class Documents
{
    /// <summary>A fenced block: its language, the path beside it (empty for commands), and what stands in it.</summary>
    internal sealed record Block(string Language, string Path, string Text);

    internal static IReadOnlyList<Block> Blocks(string markdown) =>
        [.. Fence().Matches(markdown).Select(match => new Block(
            match.Groups["language"].Value, match.Groups["path"].Value, match.Groups["text"].Value))];

    /// <summary>Applies a block of lines that stay (blank in front), come (+) and go (-) at the one place where it fits.</summary>
    internal static string Patch(string text, string diff)
    {
        var lines = diff.TrimEnd('\n').Split('\n');
        var before = string.Concat(lines.Where(line => !line.StartsWith('+')).Select(line => Rest(line) + "\n"));
        var after = string.Concat(lines.Where(line => !line.StartsWith('-')).Select(line => Rest(line) + "\n"));
        var places = text.Split(before).Length - 1;
        return places == 1
            ? text.Replace(before, after, StringComparison.Ordinal)
            : throw new InvalidOperationException($"These lines must stand once in the file, not {places} times:\n{before}");
    }

    private static string Rest(string line) => line.Length == 0 ? line : line[1..];

    [GeneratedRegex(@"^```(?<language>[a-z]+) ?(?<path>\S*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Fence();
}
