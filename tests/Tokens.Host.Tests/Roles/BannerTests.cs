using Tokens.Host.Roles;
using Tokens.Host.Tests.Running;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Roles;

public sealed class BannerTests
{
    [Theory]
    [InlineData("", "No real money moves")]
    [InlineData("sk_test_mine", "No real money moves")]
    [InlineData("sk_live_mine", "REAL MONEY MOVES")]
    public async Task The_banner_says_what_runs_where_and_whether_money_is_real(string stripeKey, string sentence)
    {
        await using var storage = Storage.Sqlite();
        await using var product = await Product.StartAsync(
            Starts.Factory("Development", storage.Settings, new Dictionary<string, string?> { ["STRIPE_SECRET_KEY"] = stripeKey }),
            CancellationToken.None);

        var banner = Banner.Of(product);

        banner.ShouldContain("(Development)");
        banner.ShouldMatch($@"gateway +{Product.AddressOf(product.Gateway!)} ");
        banner.ShouldMatch($@"api +{Product.AddressOf(product.Api!)} +SQLite in {storage.DataDirectory}");
        banner.ShouldMatch($@"sandbox +{Product.AddressOf(product.Sandbox!)} ");
        banner.ShouldContain(sentence);
        banner.ShouldContain("/docs");
        banner.ShouldNotContain("_mine");
        await product.StopAsync();
    }
}
