using Tokens.Architecture.Tests.Product;
using Tokens.Architecture.Tests.Rules;

namespace Tokens.Architecture.Tests;

public sealed class LogMessagesTests
{
    [Fact]
    public void Each_has_an_id_of_its_projects_list_and_no_two_have_one()
    {
        var files = SourceFile.Under("src");
        files.Count(file => file.Text.Contains("[LoggerMessage(", StringComparison.Ordinal)).ShouldBeGreaterThan(20);

        LogMessages.Violations(files).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("[LoggerMessage(12, LogLevel.Warning, \"m\")]", "src/A.cs: a message has no id of LogIds.")]
    [InlineData("[LoggerMessage(EventId = 12, Message = \"m\")]", "src/A.cs: a message has no id of LogIds.")]
    public void A_message_with_an_id_of_its_own_is_caught(string source, string violation) =>
        LogMessages.Violations([new SourceFile("src/A.cs", source)]).ShouldBe([violation]);

    [Fact]
    public void An_id_given_twice_is_caught() => LogMessages.Violations(
    [
        new SourceFile("src/A/LogIds.cs", "    internal const int One = 7;\n    internal const int Two = 8;\n"),
        new SourceFile("src/B/LogIds.cs", "    internal const int Three = 7;\n"),
    ]).ShouldBe(["src/A/LogIds.cs and src/B/LogIds.cs: 7 is given twice."]);
}
