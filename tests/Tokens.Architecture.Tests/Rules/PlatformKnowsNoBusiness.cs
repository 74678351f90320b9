using System.Text.RegularExpressions;
using Tokens.Architecture.Tests.Product;

namespace Tokens.Architecture.Tests.Rules;

/// <summary>The platform carries any business: no name and no string in it is a noun of this one.</summary>
internal static partial class PlatformKnowsNoBusiness
{
    private static readonly HashSet<string> Nouns = new(StringComparer.Ordinal)
    {
        "wallet", "ledger", "balance", "tip", "tipper", "creator", "gift", "card", "catalog", "purchase", "payment", "payout", "refill",
        "refund", "dispute", "chargeback", "stripe", "checkout", "price", "bonus", "fee", "donation", "redeem", "redemption", "analytics",
        "forecast", "tokens",
    };

    /// <summary>A token is also what signs a caller in or cancels a call; counted or priced, it is money.</summary>
    private static readonly HashSet<string> CountsOfTokens = new(StringComparer.Ordinal) { "amount", "count", "value", "total", "spent", "earned" };

    /// <summary>Names that others gave: the product's own, and those of libraries.</summary>
    private static readonly HashSet<string> AllowedIdentifiers = new(StringComparer.Ordinal)
    {
        "Tokens", "IRelationalDatabaseCreator", "RelationalDatabaseCreator",
    };

    /// <summary>Parameters of PostgreSQL's addresses.</summary>
    private static readonly HashSet<string> AllowedLiterals = new(StringComparer.Ordinal) { "load_balance_hosts", "load balance hosts" };

    internal static IEnumerable<string> Violations(IEnumerable<SourceFile> files) => files.SelectMany(Violations);

    private static IEnumerable<string> Violations(SourceFile file) =>
        new[] { (Line: 0, Text: Path.GetFileNameWithoutExtension(file.Path)) }
            .Concat(CSharpTokens.Identifiers(file).Where(identifier => !AllowedIdentifiers.Contains(identifier.Text)))
            .Concat(CSharpTokens.Literals(file).Where(literal => !AllowedLiterals.Contains(literal.Text)).Select(literal => (literal.Line, Text: ProductName().Replace(literal.Text, ""))))
            .SelectMany(found => NounsIn(found.Text).Select(noun => $"{file.Path}:{found.Line}: '{found.Text}' speaks of '{noun}'."))
            .Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> NounsIn(string text)
    {
        var words = Words().Matches(text).Select(match => match.Value.ToLowerInvariant()).ToArray();
        for (var i = 0; i < words.Length; i++)
        {
            if (Nouns.Contains(words[i]) || Nouns.Contains(words[i].TrimEnd('s')))
            {
                yield return words[i];
            }
            else if (words[i] == "token" && i + 1 < words.Length && CountsOfTokens.Contains(words[i + 1]))
            {
                yield return $"token {words[i + 1]}";
            }
        }
    }

    /// <summary>Words of camel case, snake case and prose alike; a run of capitals is one word.</summary>
    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Words();

    /// <summary>The product's name before a colon or a dot: in error types, meters, pools and file names.</summary>
    [GeneratedRegex(@"urn:tokens:|\bTokens\.|^tokens\.", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex ProductName();
}
