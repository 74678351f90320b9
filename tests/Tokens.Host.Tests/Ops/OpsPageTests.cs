using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Tokens.Host.Tests.Browser;
using Tokens.Host.Tests.Running;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Testing.Running;
using static Microsoft.Playwright.Assertions;

namespace Tokens.Host.Tests.Ops;

/// <summary>The page of operations in a real browser, beside a product that is used.</summary>
public sealed class OpsPageTests : IAsyncLifetime
{
    private static readonly LocatorAssertionsToContainTextOptions Patient = new() { Timeout = 60_000 };

    /// <summary>Rounds of a load that is worth a picture.</summary>
    private const int RoundsForPicture = 400;

    private readonly List<string> _complaints = [];
    // A process of its own: of several products in one, each would tell what all measure.
    private readonly Installation _product = Installation.Sqlite();
    private Chromium _chromium = null!;

    public async Task InitializeAsync()
    {
        _product.Settings["Ops__SampleSeconds"] = "1";
        _product.Settings["Figures__PauseSeconds"] = "1";
        _product.Settings["Resilience__Stripe__RetriesMax"] = "0";
        _product.Settings["Resilience__Stripe__BreakerCallsMin"] = "2";
        _product.Settings["Resilience__Stripe__BreakerOpenMilliseconds"] = "60000";
        await _product.StartAsync();
        _chromium = await Chromium.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _chromium.DisposeAsync();
        await _product.DisposeAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task It_draws_a_load_and_anybody_can_read_it(ColorScheme scheme)
    {
        using var star = await Members.CreatorAsync(_product.Gateway);
        using var admin = await Members.AdminAsync(_product.Gateway);
        using var fan = await Members.WithTokensAsync(_product.Gateway, admin, 100_000);
        var page = await OpenAsync(scheme);
        (await fan.BuyAsync(200, "pm_card_visa", "k")).Status.ShouldBe(200);
        var postings = page.Locator(".chart", new PageLocatorOptions { HasText = "Postings" }).First;
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                (await fan.TipAsync(star.Id, 1)).Status.ShouldBe(200);
                return await postings.Locator(".most").TextContentAsync() is not (null or "" or "most 0")
                    && (await postings.Locator("path").GetAttributeAsync("d"))!.Contains('L');
            },
            TimeSpan.FromSeconds(60),
            "the postings are drawn");
        for (var round = 0; Screenshots.AreTaken && round < RoundsForPicture; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 3 + (round % 20)).Select(_ => fan.TipAsync(star.Id, 1)));
            await fan.BalanceAsync();
            await fan.PostAsync("/api/tokens/purchase", new { tokenAmount = 50, paymentMethodId = "pm_card_visa" });
        }

        await Expect(page.Locator("#dependencies")).ToContainTextAsync("wallet.database: available", Patient);
        await Expect(page.Locator("#dependencies")).ToContainTextAsync("breaker stripe: closed", Patient);
        await Expect(page.Locator("#dependencies")).ToContainTextAsync("api-1: is well", Patient);
        await Expect(page.Locator("#routes")).ToContainTextAsync("/api/tokens/{**rest}", Patient);

        var audit = await page.RunAxe();
        audit.Violations.Select(found => $"{found.Id}: {found.Help} {string.Join(", ", found.Nodes.Select(node => node.Html))}").ShouldBeEmpty();
        _complaints.ShouldBeEmpty();
        await Screenshots.TakeAsync(page, $"ops-{scheme.ToString().ToLowerInvariant()}.png");
    }

    [Fact]
    public async Task A_breaker_is_watched_as_it_opens()
    {
        using var fan = await TestMember.SignInAsync(_product.Gateway);
        var page = await OpenAsync();
        await page.GetByLabel("errorRate").FillAsync("1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set faults" }).ClickAsync();
        await Expect(page.Locator("#acted")).ToContainTextAsync("goes wrong as asked", Patient);

        for (var i = 0; i < 4; i++)
        {
            (await fan.PostAsync("/api/tokens/purchase", new { tokenAmount = 50, paymentMethodId = "pm_card_visa" }, $"k{i}")).Status.ShouldBe(503);
        }

        await Expect(page.Locator("#dependencies")).ToContainTextAsync("breaker stripe: open", Patient);
        await Expect(page.Locator("#messages")).ToContainTextAsync("payment_provider_unavailable", Patient);
        (await page.Locator("#messages td.id").First.TextContentAsync())!.ShouldMatch("^[0-9a-f]{32}$");
        await page.GetByRole(AriaRole.Button, new() { Name = "End all faults" }).ClickAsync();
        await Expect(page.Locator("#acted")).ToContainTextAsync("works again", Patient);
    }

    [Fact]
    public async Task Buttons_switch_buying_off_and_on_and_verify_the_ledger()
    {
        using var fan = await TestMember.SignInAsync(_product.Gateway);
        var page = await OpenAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Switch buying off" }).ClickAsync();
        await Expect(page.Locator("#switches")).ToContainTextAsync("buying is off", Patient);
        (await BuyAsync(fan)).ShouldBeProblem(503, "switched_off");
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch buying on" }).ClickAsync();
        await Expect(page.Locator("#switches")).ToContainTextAsync("buying is on", Patient);
        (await BuyAsync(fan)).Status.ShouldBe(200);

        await page.GetByRole(AriaRole.Button, new() { Name = "Verify the ledger" }).ClickAsync();
        await Expect(page.Locator("#acted")).ToContainTextAsync("sound. 1 transfers", Patient);
        _complaints.ShouldBeEmpty();
    }

    private static Task<Answer> BuyAsync(TestMember fan) =>
        fan.PostAsync("/api/tokens/purchase", new { tokenAmount = 50, paymentMethodId = "pm_card_visa" });

    private async Task<IPage> OpenAsync(ColorScheme scheme = ColorScheme.Light)
    {
        var page = await _chromium.OpenAsync(new Uri(_product.Api, "/ops"), scheme);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Add(message.Text);
            }
        };
        page.PageError += (_, fault) => _complaints.Add(fault);
        await page.ReloadAsync();
        return page;
    }
}
