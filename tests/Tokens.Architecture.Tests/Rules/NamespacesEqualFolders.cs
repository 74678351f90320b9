using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tokens.Architecture.Tests.Product;

namespace Tokens.Architecture.Tests.Rules;

/// <summary>A type's namespace is the project's name and the folders below it, so that a name says where its file lies.</summary>
internal static class NamespacesEqualFolders
{
    /// <param name="project">The project's name, which is its root namespace.</param>
    /// <param name="folder">The project's folder, from the repository's root.</param>
    /// <param name="files">The project's files.</param>
    internal static IEnumerable<string> Violations(string project, string folder, IEnumerable<SourceFile> files)
    {
        foreach (var file in files)
        {
            var below = file.Path[(folder.Length + 1)..].Split('/')[..^1];
            var expected = string.Join('.', [project, .. below]);
            var root = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(file.Text).GetRoot();
            var declared = root.Members.OfType<BaseNamespaceDeclarationSyntax>().Select(space => space.Name.ToString()).ToArray();
            foreach (var name in declared.Where(name => name != expected))
            {
                yield return $"{file.Path}: namespace {name} must be {expected}.";
            }

            if (declared.Length == 0 && root.Members.Any(member => member is BaseTypeDeclarationSyntax { Identifier.Text: not "Program" }))
            {
                yield return $"{file.Path}: its types lie in no namespace; it must be {expected}.";
            }
        }
    }
}
