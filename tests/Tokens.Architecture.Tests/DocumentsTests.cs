using Tokens.Architecture.Tests.Product;

namespace Tokens.Architecture.Tests;

public sealed class DocumentsTests
{
    [Fact]
    public void Blocks_are_read_with_language_path_and_text() =>
        Documents.Blocks("Text\n```csharp src/A.cs\nclass A;\n```\nmore\n\n```sh\none\ntwo\n```\n").ShouldBe(
            [new("csharp", "src/A.cs", "class A;\n"), new("sh", "", "one\ntwo\n")]);

    [Fact]
    public void A_patch_adds_and_removes_where_its_lines_stand() =>
        Documents.Patch("a\nb\nc\n", " a\n-b\n+x\n+y\n").ShouldBe("a\nx\ny\nc\n");

    [Theory]
    [InlineData("b\n")]
    [InlineData("a\na\n")]
    public void A_patch_that_fits_nowhere_or_twice_is_refused(string text) =>
        Should.Throw<InvalidOperationException>(() => Documents.Patch(text, " a\n+x\n"));
}
