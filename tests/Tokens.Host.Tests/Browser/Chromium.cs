using Microsoft.Playwright;

namespace Tokens.Host.Tests.Browser;

/// <summary>The system's Chromium, without a window and without calls of its own.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    // Its sandbox wants rights that a container seldom has; only pages of this product are opened.
    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    internal static async Task<Chromium> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Places.FirstOrDefault(File.Exists) ?? throw new InvalidOperationException("Install Chromium first (package chromium)."),
            Args = Arguments,
        });
        return new Chromium(playwright, browser);
    }

    internal async Task<IPage> OpenAsync(Uri address, ColorScheme scheme = ColorScheme.Light)
    {
        var page = await OpenEmptyAsync(scheme);
        await page.GotoAsync(address.AbsoluteUri);
        return page;
    }

    internal async Task<IPage> OpenEmptyAsync(ColorScheme scheme = ColorScheme.Light)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ColorScheme = scheme,
            ViewportSize = new ViewportSize { Width = 1280, Height = 900 },
        });
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
