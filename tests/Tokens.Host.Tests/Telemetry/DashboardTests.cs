using System.Net.Http.Json;
using System.Text.Json;
using Tokens.Host.Tests.Browser;
using Tokens.Host.Tests.Running;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Testing.Running;

namespace Tokens.Host.Tests.Telemetry;

/// <summary>The dashboard of <c>deploy/grafana</c>: asked of a real Prometheus after a load, no panel is empty.</summary>
public sealed class DashboardTests
{
    private const int RoundsMax = 8;

    /// <summary>Rounds of a load that is worth a picture.</summary>
    private const int RoundsForPicture = 60;

    [Fact]
    public async Task No_query_is_empty_after_a_load_that_does_a_little_of_everything()
    {
        await using var installation = Installation.Sqlite();
        installation.Settings["RATE_LIMITS"] = "on";
        installation.Settings["Figures__PauseSeconds"] = "1";
        await installation.StartAsync();
        await using var prometheus = await OwnPrometheus.StartAsync(installation.Api);
        var since = DateTimeOffset.UtcNow;
        var queries = (await Dashboard.ReadAsync("1m")).SelectMany(panel => panel.Targets).Select(target => target.Query).ToList();
        queries.Count.ShouldBeGreaterThan(30);

        // A rate needs two scrapes between which something happened.
        for (var round = 0; round < RoundsMax && queries.Count > 0; round++)
        {
            await DoEverythingAsync(installation);
            await prometheus.ScrapesAsync();
            queries = await EmptyAsync(prometheus, queries);
        }

        queries.ShouldBeEmpty();
        for (var round = 0; Screenshots.AreTaken && round < RoundsForPicture; round++)
        {
            await DoEverythingAsync(installation);
        }

        (await DrawAsync(prometheus, since)).ShouldBeEmpty();
    }

    private static async Task<List<string>> EmptyAsync(OwnPrometheus prometheus, List<string> queries)
    {
        var empty = new List<string>();
        foreach (var query in queries)
        {
            if ((await prometheus.SeriesAsync(query)).Count == 0)
            {
                empty.Add(query);
            }
        }

        return empty;
    }

    private static async Task DoEverythingAsync(Installation installation)
    {
        using var star = await TestMember.SignInAsync(installation.Gateway, isCreator: true);
        using var fan = await TestMember.SignInAsync(installation.Gateway);
        using var stripe = new HttpClient { BaseAddress = installation.Sandbox };
        await fan.BuyAsync(200, "pm_card_visa", "bought");
        (await stripe.PutAsJsonAsync("/sandbox/faults", new { errorRate = 0.3 })).EnsureSuccessStatusCode();
        for (var i = 0; i < 6; i++)
        {
            await fan.PostAsync("/api/tokens/purchase", new { tokenAmount = 50, paymentMethodId = "pm_card_chargeDeclined" }, $"declined {i}");
        }

        (await stripe.DeleteAsync("/sandbox/faults")).EnsureSuccessStatusCode();
        await fan.GetAsync("/api/tokens/balance");
        await fan.GetAsync("/api/tokens/balance");
        await fan.TipAsync(star.Id, 10);
        var card = await fan.PostAsync("/api/tokens/gift-card", new { tokenAmount = 10 });
        await star.PostAsync("/api/tokens/redeem-gift-card", new { giftCardCode = card.Json.GetProperty("giftCardCode").GetString() });
        await fan.PostAsync("/api/tokens/gift", new { recipientId = star.Id, tokenAmount = 10 });
        using var member = await TestMember.SignInAsync(installation.Gateway);
        await RefillPlan.RefillAsync(member, installation.Sandbox, "pm_card_visa");
    }

    /// <summary>Draws the panels' data of the time since then, and tells the titles of those that are empty.</summary>
    private static async Task<IReadOnlyList<string>> DrawAsync(OwnPrometheus prometheus, DateTimeOffset since)
    {
        await using var chromium = await Chromium.StartAsync();
        var page = await chromium.OpenEmptyAsync();
        await page.SetContentAsync(await File.ReadAllTextAsync(Repository.Path("tests/Tokens.Host.Tests/Telemetry/dashboard.html")));
        var panels = JsonSerializer.Serialize(await Dashboard.ReadAsync("10s"), JsonSerializerOptions.Web);
        var source = JsonSerializer.Serialize(
            new { address = prometheus.Address, start = since.ToUnixTimeSeconds(), end = DateTimeOffset.UtcNow.ToUnixTimeSeconds(), step = 1 });
        var empty = await page.EvaluateAsync<string[]>("([panels, source]) => draw(JSON.parse(panels), JSON.parse(source))", new[] { panels, source });
        await Screenshots.TakeAsync(page, "dashboard.png");
        return empty;
    }
}
