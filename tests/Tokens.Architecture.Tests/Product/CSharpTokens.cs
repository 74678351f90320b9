using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Tokens.Architecture.Tests.Product;

/// <summary>Reads a source file with the compiler's own scanner, so that comments and quoting never deceive a rule.</summary>
internal static class CSharpTokens
{
    /// <summary>The contents of all string literals, the fixed parts of interpolated ones included, with their lines.</summary>
    internal static IEnumerable<(int Line, string Text)> Literals(SourceFile file) => Tokens(file)
        .Where(token => token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken
            or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.Utf8StringLiteralToken
            or SyntaxKind.Utf8SingleLineRawStringLiteralToken or SyntaxKind.Utf8MultiLineRawStringLiteralToken
            or SyntaxKind.InterpolatedStringTextToken)
        .Select(token => (Line(token), token.ValueText));

    /// <summary>All identifiers, declared or used.</summary>
    internal static IEnumerable<(int Line, string Text)> Identifiers(SourceFile file) => Tokens(file)
        .Where(token => token.IsKind(SyntaxKind.IdentifierToken))
        .Select(token => (Line(token), token.ValueText));

    private static IEnumerable<SyntaxToken> Tokens(SourceFile file) =>
        CSharpSyntaxTree.ParseText(file.Text).GetRoot().DescendantTokens();

    private static int Line(SyntaxToken token) => token.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
}
