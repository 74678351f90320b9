using System.Text.Json;
using Tokens.Testing;
using Tokens.Testing.Products;

namespace Tokens.Analytics.Tests.Spending;

public abstract class GetAnalyticsTests(ProductFixture fixture)
{
    private static readonly TimeSpan Soon = Eventually.Deadline;

    [Fact]
    public async Task A_fan_and_a_creator_see_the_same_tokens_from_their_sides()
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        using var star = await fixture.SignInAsync(isCreator: true, name: "Star");
        using var friend = await fixture.SignInAsync(name: "Friend");
        await Ok(fan.TipAsync(star.Id, 30));
        await Ok(fan.TipAsync(star.Id, 20));
        await Ok(fan.PostAsync("/api/tokens/gift", new { recipientId = friend.Id, tokenAmount = 200 }));
        await Ok(fan.PostAsync("/api/tokens/calls/deduct", new { counterpartyId = star.Id, amountTokens = 7, sessionId = "s" }));
        await Ok(fan.PostAsync("/api/tokens/gift-card", new { tokenAmount = 50 }));

        var spent = await UntilAsync(fan, "fan?range=7d", transactions: 5);
        spent.GetProperty("type").GetString().ShouldBe("fan");
        spent.GetProperty("range").GetString().ShouldBe("7d");
        TextOf(spent.GetProperty("byType")).ShouldBe("""{"tip":50,"call":7,"gift_sent":200,"gift_card_created":50}""");
        var daily = spent.GetProperty("daily").EnumerateArray().ToList();
        daily.Count.ShouldBe(7);
        daily.Select(day => day.GetProperty("date").GetString()).ShouldBe(
            Enumerable.Range(-6, 7).Select(ago => DateTime.UtcNow.AddDays(ago).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
        daily[^1].GetProperty("tokens").GetInt64().ShouldBe(307);
        daily[^1].GetProperty("transactions").GetInt32().ShouldBe(5);
        daily.SkipLast(1).ShouldAllBe(day => day.GetProperty("tokens").GetInt64() == 0);
        // The friend was paid more, but is no creator.
        var top = spent.GetProperty("topCreators").EnumerateArray().ShouldHaveSingleItem();
        (top.GetProperty("id").GetGuid(), top.GetProperty("name").GetString(), top.GetProperty("tokens").GetInt64()).ShouldBe((star.Id, "Star", 57));
        spent.GetProperty("topFans").GetArrayLength().ShouldBe(0);
        spent.GetProperty("recentTransactions").EnumerateArray().Select(recent => (
                recent.GetProperty("type").GetString(),
                recent.GetProperty("tokens").GetInt64(),
                recent.GetProperty("amount_usd").GetDecimal(),
                recent.GetProperty("status").GetString()))
            .ShouldBe(
            [
                ("gift_card_created", 50, 2.5m, "completed"),
                ("call", 7, 0.35m, "completed"),
                ("gift_sent", 200, 10m, "completed"),
                ("tip", 20, 1m, "completed"),
                ("tip", 30, 1.5m, "completed"),
            ]);
        var summary = spent.GetProperty("summary");
        summary.GetProperty("totalUsd").GetDecimal().ShouldBe(15.35m);
        summary.GetProperty("avgPerDay").GetDecimal().ShouldBe(43.86m);

        var earned = await UntilAsync(star, "creator", transactions: 3);
        TextOf(earned.GetProperty("byType")).ShouldBe("""{"tip":50,"call":7}""");
        earned.GetProperty("daily").GetArrayLength().ShouldBe(30);
        earned.GetProperty("topFans").EnumerateArray().ShouldHaveSingleItem().GetProperty("id").GetGuid().ShouldBe(fan.Id);
        earned.GetProperty("topCreators").GetArrayLength().ShouldBe(0);
        TextOf((await UntilAsync(friend, "creator", transactions: 1)).GetProperty("byType")).ShouldBe("""{"gift_received":200}""");
    }

    [Fact]
    public async Task A_cancelled_card_was_no_spending()
    {
        using var fan = await fixture.SignInWithAsync(100);
        var card = await Ok(fan.PostAsync("/api/tokens/gift-card", new { tokenAmount = 60 }));
        await UntilAsync(fan, "fan", transactions: 1);
        await Ok(fan.SendAsync(HttpMethod.Delete, $"/api/tokens/gift-cards/{card.Json.GetProperty("giftCardId").GetGuid()}", content: null));

        await Eventually.BecomesTrueAsync(
            async () => (await AnalyticsAsync(fan, "fan")).GetProperty("summary").GetProperty("totalTokens").GetInt64() == 0, Soon, "the refund is counted");
    }

    [Fact]
    public async Task Whoever_is_new_gets_zeros()
    {
        using var member = await fixture.SignInAsync();

        var nothing = await AnalyticsAsync(member, "creator?range=90d");

        nothing.GetProperty("daily").GetArrayLength().ShouldBe(90);
        TextOf(nothing.GetProperty("byType")).ShouldBe("{}");
        nothing.GetProperty("recentTransactions").GetArrayLength().ShouldBe(0);
        nothing.GetProperty("summary").GetProperty("totalTokens").GetInt64().ShouldBe(0);
    }

    [Theory]
    [InlineData("fan?range=1d", 30)]
    [InlineData("fan?range=", 30)]
    [InlineData("FAN?range=7d", 7)]
    [InlineData("fan?range=7d&timeZone=Asia/Kathmandu", 7)]
    [InlineData("fan?range=7d&timeZone=", 7)]
    public async Task An_unknown_range_falls_back(string query, int days)
    {
        using var member = await fixture.SignInAsync();

        (await AnalyticsAsync(member, query)).GetProperty("daily").GetArrayLength().ShouldBe(days);
    }

    [Theory]
    [InlineData("both", "Invalid analytics type", "type")]
    [InlineData("fan?timeZone=Mars/Olympus", "Invalid time zone", "timeZone")]
    [InlineData("fan?timeZone=../../etc/passwd", "Invalid time zone", "timeZone")]
    [InlineData("creator?timeZone=Eastern%20Standard%20Time", "Invalid time zone", "timeZone")]
    [InlineData("fan?timeZone=Europe//Berlin", "Invalid time zone", "timeZone")]
    [InlineData("fan?timeZone=right/UTC", "Invalid time zone", "timeZone")]
    public async Task Bad_input_is_named(string query, string title, string field)
    {
        using var member = await fixture.SignInAsync();

        var answer = await member.GetAsync($"/api/tokens/analytics/{query}");

        answer.Status.ShouldBe(400);
        answer.Title.ShouldBe(title);
        answer.Json.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(answer.Text);
    }

    [Fact]
    public async Task Days_are_those_of_the_members_setting_unless_another_zone_is_named()
    {
        using var member = await fixture.SignInAsync();
        await Ok(member.SendAsync(
            HttpMethod.Patch,
            "/api/tokens/settings/auto-refill",
            System.Net.Http.Json.JsonContent.Create(new { autoRefillEnabled = false, timeZone = "Pacific/Kiritimati" })));

        LastDay(await AnalyticsAsync(member, "fan")).ShouldBe(TodayIn("Pacific/Kiritimati"));
        LastDay(await AnalyticsAsync(member, "fan?timeZone=Pacific/Pago_Pago")).ShouldBe(TodayIn("Pacific/Pago_Pago"));
    }

    [Fact]
    public async Task Who_never_spent_is_predicted_nothing()
    {
        using var member = await fixture.SignInAsync();

        var answer = (await Ok(member.GetAsync("/api/tokens/analytics/predict-refill"))).Json;

        var prediction = answer.GetProperty("prediction");
        prediction.GetProperty("daysUntilEmpty").ValueKind.ShouldBe(JsonValueKind.Null);
        prediction.GetProperty("confidence").GetString().ShouldBe("low");
        prediction.GetProperty("riskLevel").GetString().ShouldBe("high");
        prediction.GetProperty("recommendedRefill").GetInt64().ShouldBe(812);
        prediction.GetProperty("triggers").EnumerateArray().ShouldHaveSingleItem().GetProperty("type").GetString().ShouldBe("new_user");
        answer.GetProperty("currentBalance").GetInt64().ShouldBe(0);
        answer.GetProperty("spendingHistory").GetArrayLength().ShouldBe(30);
        answer.GetProperty("autoRefillSettings").GetProperty("refillThreshold").GetInt64().ShouldBe(100);
    }

    [Fact]
    public async Task Who_spent_is_predicted_a_run_out_and_favourites()
    {
        using var fan = await fixture.SignInWithAsync(150);
        using var star = await fixture.SignInAsync(isCreator: true, name: "Star");
        await Ok(fan.TipAsync(star.Id, 40));
        await Ok(fan.TipAsync(star.Id, 60));
        await UntilAsync(fan, "fan", transactions: 2);

        var answer = (await Ok(fan.GetAsync("/api/tokens/analytics/predict-refill"))).Json;

        var prediction = answer.GetProperty("prediction");
        prediction.GetProperty("daysUntilEmpty").GetInt32().ShouldBeInRange(0, 3);
        prediction.GetProperty("avgDailySpending").GetDouble().ShouldBe(100);
        prediction.GetProperty("confidence").GetString().ShouldBe("low");
        answer.GetProperty("currentBalance").GetInt64().ShouldBe(50);
        var favorite = answer.GetProperty("patterns").GetProperty("favoriteCreators").EnumerateArray().ShouldHaveSingleItem();
        favorite.GetProperty("name").GetString().ShouldBe("Star");
        favorite.GetProperty("sessionCount").GetInt32().ShouldBe(2);
        favorite.GetProperty("avgSpend").GetDouble().ShouldBe(50);
        answer.GetProperty("spendingHistory").EnumerateArray().Last().GetProperty("tokens").GetInt64().ShouldBe(100);
    }

    private static async Task<JsonElement> UntilAsync(TestMember member, string query, int transactions)
    {
        JsonElement analytics = default;
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                analytics = await AnalyticsAsync(member, query);
                return analytics.GetProperty("summary").GetProperty("transactions").GetInt32() == transactions;
            },
            Soon,
            $"{transactions} transfers are counted");
        return analytics;
    }

    private static async Task<JsonElement> AnalyticsAsync(TestMember member, string query) =>
        (await Ok(member.GetAsync($"/api/tokens/analytics/{query}"))).Json;

    private static async Task<Answer> Ok(Task<Answer> asking)
    {
        var answer = await asking;
        answer.Status.ShouldBe(200, answer.Text);
        return answer;
    }

    private static string TextOf(JsonElement json) => JsonSerializer.Serialize(json);

    private static string? LastDay(JsonElement analytics) => analytics.GetProperty("daily").EnumerateArray().Last().GetProperty("date").GetString();

    private static string TodayIn(string zone) =>
        TimeZoneInfo.ConvertTimeFromUtc(DateTime.UtcNow, TimeZoneInfo.FindSystemTimeZoneById(zone)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}

public sealed class GetAnalyticsOnSqliteTests(SqliteProduct product) : GetAnalyticsTests(product), IClassFixture<SqliteProduct>;

public sealed class GetAnalyticsOnPostgresTests(PostgresProduct product) : GetAnalyticsTests(product), IClassFixture<PostgresProduct>;
