using System.Text.RegularExpressions;

namespace Tokens.Architecture.Tests.Rules;

/// <summary>A file is named after what it holds; the names below hold anything and say nothing.</summary>
internal static partial class FileNames
{
    internal static IEnumerable<string> Violations(IEnumerable<string> paths) =>
        paths.Where(path => path.Split('/').Any(part => Meaningless().IsMatch(part)))
            .Select(path => $"{path} is named after nothing: say what it holds.");

    [GeneratedRegex(@"^Extensions(?:\.cs)?$|Helper|Manager|Util(?:s|ity|ities)?(?![a-z])|Common(?![a-z])", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Meaningless();
}
