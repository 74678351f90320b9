using Microsoft.Playwright;
using Tokens.Testing;

namespace Tokens.Host.Tests.Browser;

/// <summary>Pictures for the documentation, of what a test has looked at.</summary>
internal static class Screenshots
{
    /// <summary>A directory that gets them; none are taken without it.</summary>
    private const string Variable = "TOKENS_SCREENSHOTS";

    internal static bool AreTaken => Directory is not null;

    private static string? Directory =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } directory ? Repository.Path(directory) : null;

    internal static async Task TakeAsync(IPage page, string file)
    {
        if (Directory is { } directory)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(directory, file), FullPage = true });
        }
    }
}
