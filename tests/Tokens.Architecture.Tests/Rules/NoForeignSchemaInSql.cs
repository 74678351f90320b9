using System.Text.RegularExpressions;
using Tokens.Architecture.Tests.Product;

namespace Tokens.Architecture.Tests.Rules;

/// <summary>No string of a module names a table in another's schema, so that no SQL reads behind another module's back.</summary>
internal static class NoForeignSchemaInSql
{
    internal static IEnumerable<string> Violations(string schema, IEnumerable<SourceFile> files, IEnumerable<string> schemas)
    {
        var foreign = string.Join('|', schemas.Where(other => other != schema).Select(Regex.Escape));

        // schema.table or "schema"."table", not the tail of a longer name (Tokens.Wallet.Contracts); or a search path.
        var pattern = new Regex(
            $"""(?<![\w.\-/])(?:"(?:{foreign})"|(?:{foreign}))\."?[a-z_]|\bsearch_path\b.*\b(?:{foreign})\b""",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
            TimeSpan.FromSeconds(5));

        return from file in files
               from literal in CSharpTokens.Literals(file)
               let match = pattern.Match(literal.Text)
               where match.Success
               select $"{file.Path}:{literal.Line}: '{match.Value}' names a schema that is not {schema}'s.";
    }
}
