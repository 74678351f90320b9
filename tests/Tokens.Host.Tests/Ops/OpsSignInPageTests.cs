using Microsoft.Playwright;
using Tokens.Host.Roles;
using Tokens.Host.Tests.Browser;
using Tokens.Host.Tests.Running;
using Tokens.Testing.Products;
using static Microsoft.Playwright.Assertions;

namespace Tokens.Host.Tests.Ops;

/// <summary>The page of operations on a listener of the network, where reading it is no permission to act.</summary>
public sealed class OpsSignInPageTests
{
    private static readonly LocatorAssertionsToContainTextOptions Patient = new() { Timeout = 60_000 };

    [Fact]
    public async Task A_button_acts_once_an_administrators_token_is_given()
    {
        await using var storage = Storage.Sqlite();
        await using var product = await Product.StartAsync(
            Starts.Factory("Development", storage.Settings, new Dictionary<string, string?> { ["OPS_URLS"] = "http://0.0.0.0:0" }), CancellationToken.None);
        using var admin = await TestMember.SignInAsync(new Uri(product.Gateway!.Urls.Single()), roles: ["tokens-admin"]);
        await using var chromium = await Chromium.StartAsync();
        var page = await chromium.OpenAsync(new UriBuilder("http", "127.0.0.1", new Uri(product.Ops!.Urls.Single()).Port, "/ops").Uri);
        var turn = page.GetByRole(AriaRole.Button, new() { Name = "Switch buying off" });

        await turn.ClickAsync();
        await Expect(page.Locator("#acted")).ToContainTextAsync("administrator's bearer token", Patient);
        await page.GetByLabel("Administrator’s token").FillAsync(admin.Token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Use this token" }).ClickAsync();
        await turn.ClickAsync();

        await Expect(page.Locator("#switches")).ToContainTextAsync("buying is off", Patient);
        (await page.GetByLabel("Administrator’s token").IsVisibleAsync()).ShouldBeFalse();
        await product.StopAsync();
    }
}
