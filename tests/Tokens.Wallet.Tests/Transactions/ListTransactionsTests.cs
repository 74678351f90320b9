using System.Text.Json;
using Tokens.Testing.Products;
using Tokens.Wallet.Tests.Parts;

namespace Tokens.Wallet.Tests.Transactions;

public abstract class ListTransactionsTests(ProductFixture fixture)
{
    private const string Path = "/api/tokens/transactions";

    [Fact]
    public async Task An_entry_tells_the_members_side_of_a_transfer()
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        using var creator = await fixture.SignInAsync(isCreator: true);
        var tip = await fan.PostAsync("/api/tokens/tip", new { creatorId = creator.Id, amountTokens = 100, channel = "live", message = "hi 🎉" });

        var mine = (await fan.GetAsync(Path)).Json.GetProperty("transactions")[0];
        mine.EnumerateObject().Select(member => member.Name).ShouldBe([
            "id", "type", "tokens", "amountUsd", "status", "balanceAfter", "relatedUserId", "channel", "message", "reference", "createdAt",
        ]);
        mine.GetProperty("id").GetGuid().ShouldBe(tip.Json.GetProperty("transactionId").GetGuid());
        mine.GetProperty("type").GetString().ShouldBe("tip");
        mine.GetProperty("tokens").GetInt64().ShouldBe(-100);
        mine.GetProperty("amountUsd").GetDecimal().ShouldBe(-5m);
        mine.GetProperty("status").GetString().ShouldBe("completed");
        mine.GetProperty("balanceAfter").GetInt64().ShouldBe(900);
        mine.GetProperty("relatedUserId").GetGuid().ShouldBe(creator.Id);
        mine.GetProperty("channel").GetString().ShouldBe("live");
        mine.GetProperty("message").GetString().ShouldBe("hi 🎉");
        mine.GetProperty("reference").ValueKind.ShouldBe(JsonValueKind.Null);
        mine.GetProperty("createdAt").GetString().ShouldBe(tip.Json.GetProperty("timestamp").GetString());

        var theirs = (await creator.GetAsync(Path)).Json.GetProperty("transactions")[0];
        theirs.GetProperty("id").GetGuid().ShouldBe(mine.GetProperty("id").GetGuid());
        theirs.GetProperty("tokens").GetInt64().ShouldBe(100);
        theirs.GetProperty("balanceAfter").GetInt64().ShouldBe(100);
        theirs.GetProperty("relatedUserId").GetGuid().ShouldBe(fan.Id);
    }

    [Fact]
    public async Task Pages_by_cursor_meet_and_end_though_entries_arrive_meanwhile()
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        using var creator = await fixture.SignInAsync(isCreator: true);
        await TipAsync(fan, creator, 10);

        var first = (await creator.GetAsync($"{Path}?limit=4")).Json;
        await TipAsync(fan, creator, 3);
        var second = (await creator.GetAsync($"{Path}?limit=4&cursor={first.GetProperty("nextCursor").GetString()}")).Json;
        var third = (await creator.GetAsync($"{Path}?limit=4&cursor={second.GetProperty("nextCursor").GetString()}")).Json;

        new[] { first, second, third }.SelectMany(page => page.GetProperty("transactions").EnumerateArray())
            .Select(entry => entry.GetProperty("tokens").GetInt64()).ShouldBe([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
        third.GetProperty("nextCursor").ValueKind.ShouldBe(JsonValueKind.Null);
        first.GetProperty("total").GetInt64().ShouldBe(10);
        third.GetProperty("total").GetInt64().ShouldBe(13);
    }

    [Fact]
    public async Task The_defaults_are_50_from_the_start()
    {
        using var fan = await fixture.SignInWithAsync(10_000);
        using var creator = await fixture.SignInAsync(isCreator: true);
        await TipAsync(fan, creator, 51);

        var page = (await creator.GetAsync(Path)).Json;

        page.GetProperty("success").GetBoolean().ShouldBeTrue();
        page.GetProperty("transactions").GetArrayLength().ShouldBe(50);
        page.GetProperty("limit").GetInt32().ShouldBe(50);
        page.GetProperty("offset").GetInt32().ShouldBe(0);
        page.GetProperty("total").GetInt64().ShouldBe(51);
        page.GetProperty("nextCursor").ValueKind.ShouldBe(JsonValueKind.String);
        (await creator.GetAsync($"{Path}?limit=200&offset=50")).Json.GetProperty("transactions").GetArrayLength().ShouldBe(1);
        (await creator.GetAsync($"{Path}?offset=10000")).Json.GetProperty("transactions").GetArrayLength().ShouldBe(0);
        (await creator.GetAsync($"{Path}?cursor=9007199254740991&limit=1")).Json.GetProperty("transactions")[0]
            .GetProperty("tokens").GetInt64().ShouldBe(51);
        (await creator.GetAsync($"{Path}?cursor=1")).Json.GetProperty("transactions").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Filters_choose_by_type_and_time_and_make_the_total_unknown()
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        using var creator = await fixture.SignInAsync(isCreator: true);
        await TipAsync(fan, creator, 2);
        var moment = (await fan.GetAsync(Path)).Json.GetProperty("transactions")[0].GetProperty("createdAt").GetString();

        var tips = (await fan.GetAsync($"{Path}?type=TIP")).Json;
        tips.GetProperty("transactions").GetArrayLength().ShouldBe(2);
        tips.GetProperty("total").ValueKind.ShouldBe(JsonValueKind.Null);
        (await fan.GetAsync($"{Path}?type=adjustment")).Json.GetProperty("transactions").GetArrayLength().ShouldBe(1);
        (await fan.GetAsync($"{Path}?type=call")).Json.GetProperty("transactions").GetArrayLength().ShouldBe(0);
        (await fan.GetAsync($"{Path}?from={moment}&limit=1")).Json.GetProperty("transactions").GetArrayLength().ShouldBe(1);
        (await fan.GetAsync($"{Path}?to=2020-01-01")).Json.GetProperty("transactions").GetArrayLength().ShouldBe(0);
        (await fan.GetAsync($"{Path}?from=2020-01-01T00:00:00%2B02:00&to=2999-12-31")).Json.GetProperty("transactions").GetArrayLength()
            .ShouldBe(3);
    }

    [Fact]
    public async Task A_range_of_bare_dates_includes_its_last_day()
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        using var creator = await fixture.SignInAsync(isCreator: true);
        await TipAsync(fan, creator, 2);
        var days = (await creator.GetAsync(Path)).Json.GetProperty("transactions").EnumerateArray()
            .Select(entry => entry.GetProperty("createdAt").GetString()![..10]).ToList();

        (await creator.GetAsync($"{Path}?from={days[^1]}&to={days[0]}")).Json.GetProperty("transactions").GetArrayLength().ShouldBe(2);
        (await creator.GetAsync($"{Path}?to={days[0]}")).Json.GetProperty("transactions").GetArrayLength().ShouldBe(2);
        (await creator.GetAsync($"{Path}?to={days[^1]}T00:00:00Z")).Json.GetProperty("transactions").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Empty_parameters_are_as_good_as_none()
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        using var creator = await fixture.SignInAsync(isCreator: true);
        await TipAsync(fan, creator, 2);

        var page = await creator.GetAsync($"{Path}?limit=&offset=&cursor=&type=&from=&to=");

        page.Status.ShouldBe(200, page.Text);
        page.Json.GetProperty("transactions").GetArrayLength().ShouldBe(2);
        page.Json.GetProperty("total").GetInt64().ShouldBe(2);
        page.Json.GetProperty("limit").GetInt32().ShouldBe(50);
    }

    [Theory]
    [InlineData("limit=0", "limit", "Invalid limit")]
    [InlineData("limit=201", "limit", "Invalid limit")]
    [InlineData("limit=-1", "limit", "Invalid limit")]
    [InlineData("limit=abc", "limit", "Invalid limit")]
    [InlineData("limit=5.5", "limit", "Invalid limit")]
    [InlineData("limit=&limit=", "limit", "Invalid limit")]
    [InlineData("limit=5&limit=6", "limit", "Invalid limit")]
    [InlineData("offset=-1", "offset", "Invalid offset")]
    [InlineData("offset=10001", "offset", "Invalid offset")]
    [InlineData("offset=x", "offset", "Invalid offset")]
    [InlineData("cursor=0", "cursor", "Invalid cursor")]
    [InlineData("cursor=x", "cursor", "Invalid cursor")]
    [InlineData("cursor=5%00", "cursor", "Invalid cursor")]
    [InlineData("cursor=9007199254740992", "cursor", "Invalid cursor")]
    [InlineData("type=gift", "type", "Invalid transaction type")]
    [InlineData("from=yesterday", "from", "Invalid date range")]
    [InlineData("to=2026-13-01", "to", "Invalid date range")]
    [InlineData("from=2026-02-01&to=2026-01-01", "to", "Invalid date range")]
    [InlineData("from=2026-02-01T10:00:00Z&to=2026-02-01T10:00:00Z", "to", "Invalid date range")]
    public async Task A_wrong_parameter_is_named(string query, string field, string title)
    {
        using var member = await fixture.SignInAsync();

        (await member.GetAsync($"{Path}?{query}")).ShouldBeFault(field, title, query);
    }

    [Fact]
    public async Task Nobody_sees_entries_of_another_member()
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        using var creator = await fixture.SignInAsync(isCreator: true);
        using var other = await fixture.SignInAsync(roles: "tokens-admin");
        await TipAsync(fan, creator, 3);

        foreach (var path in new[] { Path, $"{Path}?type=tip", $"{Path}?cursor=100", $"{Path}/export?format=json" })
        {
            var answer = await other.GetAsync(path);
            answer.Status.ShouldBe(200);
            answer.Json.GetProperty("transactions").GetArrayLength().ShouldBe(0, path);
        }

        (await creator.GetAsync(Path)).Json.GetProperty("total").GetInt64().ShouldBe(3);
    }

    /// <summary>Tips of 1, 2, 3 … tokens.</summary>
    private static async Task TipAsync(TestMember fan, TestMember creator, int count)
    {
        for (var i = 1; i <= count; i++)
        {
            (await fan.TipAsync(creator.Id, i)).Status.ShouldBe(200);
        }
    }
}

[Collection(OnSqlite.Name)]
public sealed class ListTransactionsOnSqliteTests(SqliteProduct product) : ListTransactionsTests(product);

[Collection(OnPostgres.Name)]
public sealed class ListTransactionsOnPostgresTests(PostgresProduct product) : ListTransactionsTests(product);
