using Tokens.Architecture.Tests.Rules;
using Tokens.Testing;

namespace Tokens.Architecture.Tests;

public sealed class FileNamesTests
{
    [Fact]
    public void The_products_files_are_named_after_what_they_hold()
    {
        string[] files = [.. new[] { "src", "tests", "bench" }.SelectMany(folder => Repository.Files(folder, "*.cs"))];
        files.ShouldContain("src/Platform/IModule.cs");

        FileNames.Violations(files).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("src/Platform/Extensions.cs")]
    [InlineData("src/Platform/Time/TimeHelper.cs")]
    [InlineData("src/Platform/StringHelpers.cs")]
    [InlineData("src/Modules/Wallet/Tokens.Wallet/BalanceManager.cs")]
    [InlineData("src/Platform/Utils.cs")]
    [InlineData("src/Platform/JsonUtil.cs")]
    [InlineData("src/Platform/Utility/Json.cs")]
    [InlineData("src/Platform/Common/Json.cs")]
    public void A_name_that_says_nothing_is_caught(string path) => FileNames.Violations([path]).Count().ShouldBe(1);

    [Theory]
    [InlineData("src/Platform/Problems/ProblemDocument.cs")]
    [InlineData("src/Platform/Utilization.cs")]
    [InlineData("src/Platform/Commons.Tests/Commonplace.cs")]
    [InlineData("src/Host/Api/ForwardedHeadersExtensions.cs")]
    public void A_name_that_says_something_passes(string path) => FileNames.Violations([path]).ShouldBeEmpty();
}
