using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Tokens.Platform.RateLimits;
using Tokens.Testing;

namespace Tokens.Host.Tests.RateLimits;

/// <summary>docs/modules/rate-limits.md lists every policy with the limit that it has.</summary>
public sealed partial class RateLimitDocumentTests(LimitedProduct product) : IClassFixture<LimitedProduct>
{
    [Fact]
    public async Task The_table_of_policies_is_true()
    {
        var page = await File.ReadAllTextAsync(Repository.Path("docs/modules/rate-limits.md"));

        var listed = Row().Matches(page).Select(match => $"{match.Groups["policy"]}: {match.Groups["limit"]}");

        var registered = product.Product.Services.GetServices<RateLimitPolicy>()
            .Select(policy => $"{policy.Name}: {policy.PermitLimit} in {policy.WindowSeconds} s").ToList();
        registered.Count.ShouldBeGreaterThan(10);
        listed.Order().ShouldBe(registered.Order());
    }

    [GeneratedRegex(@"^\| `(?<policy>[a-z_]+\.[a-z_]+)` \| (?<limit>\d+ in \d+ s) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Row();
}
