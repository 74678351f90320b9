using System.Net.Http.Json;
using System.Text.Json;
using Tokens.Testing.Products;
using Answer = Tokens.Testing.Products.Answer;

namespace Tokens.Payments.Tests.Refills;

public abstract class RefillSettingsTests(ProductFixture fixture)
{
    private const string Path = "/api/tokens/settings/auto-refill";

    [Fact]
    public async Task Whoever_never_set_any_has_the_defaults()
    {
        using var member = await fixture.SignInAsync();

        var answer = await member.GetAsync(Path);

        JsonSerializer.Serialize(answer.Json.GetProperty("settings")).ShouldBe(
            """{"autoRefillEnabled":false,"autoRefillPackage":null,"smartRefillEnabled":false,"refillThreshold":100,"peakHourRefill":false,"weekendRefill":false,"favoriteCreatorRefill":false,"dailyLimitUsd":null,"monthlyLimitUsd":null,"timeZone":"UTC","disabledReason":null,"pending":null}""");
    }

    [Fact]
    public async Task What_is_left_out_stays_and_null_takes_back()
    {
        using var member = await fixture.SignInAsync();
        await PatchAsync(member, """{"autoRefillEnabled":true,"autoRefillPackage":200,"refillThreshold":"50","dailyLimitUsd":20.5,"monthlyLimitUsd":"100","timeZone":"Asia/Kolkata","weekendRefill":true}""");

        var kept = await PatchAsync(member, """{"autoRefillEnabled":false}""");
        (kept.GetProperty("autoRefillPackage").GetInt64(), kept.GetProperty("refillThreshold").GetInt64()).ShouldBe((200, 50));
        (kept.GetProperty("dailyLimitUsd").GetDecimal(), kept.GetProperty("monthlyLimitUsd").GetDecimal()).ShouldBe((20.5m, 100m));
        (kept.GetProperty("timeZone").GetString(), kept.GetProperty("weekendRefill").GetBoolean()).ShouldBe(("Asia/Kolkata", true));

        var taken = await PatchAsync(member, """{"autoRefillEnabled":true,"autoRefillPackage":0,"dailyLimitUsd":null,"weekendRefill":false}""");
        taken.GetProperty("autoRefillPackage").ValueKind.ShouldBe(JsonValueKind.Null);
        taken.GetProperty("dailyLimitUsd").ValueKind.ShouldBe(JsonValueKind.Null);
        taken.GetProperty("monthlyLimitUsd").GetDecimal().ShouldBe(100);
        taken.GetProperty("weekendRefill").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Changes_at_once_all_count()
    {
        using var member = await fixture.SignInAsync();
        string[] changes = ["\"refillThreshold\":7", "\"autoRefillPackage\":50", "\"peakHourRefill\":true", "\"dailyLimitUsd\":9"];

        await Task.WhenAll(Enumerable.Range(0, 10).SelectMany(_ => changes).Select(change => PatchAsync(member, $$"""{"autoRefillEnabled":true,{{change}}}""")));

        var settings = (await member.GetAsync(Path)).Json.GetProperty("settings");
        settings.GetProperty("refillThreshold").GetInt64().ShouldBe(7);
        settings.GetProperty("autoRefillPackage").GetInt64().ShouldBe(50);
        settings.GetProperty("peakHourRefill").GetBoolean().ShouldBeTrue();
        settings.GetProperty("dailyLimitUsd").GetDecimal().ShouldBe(9);
    }

    [Theory]
    [InlineData("""{}""", "autoRefillEnabled")]
    [InlineData("""{"autoRefillEnabled":"yes"}""", "autoRefillEnabled")]
    [InlineData("""{"autoRefillEnabled":true,"autoRefillPackage":51}""", "autoRefillPackage")]
    [InlineData("""{"autoRefillEnabled":true,"refillThreshold":-1}""", "refillThreshold")]
    [InlineData("""{"autoRefillEnabled":true,"dailyLimitUsd":0.49}""", "dailyLimitUsd")]
    [InlineData("""{"autoRefillEnabled":true,"dailyLimitUsd":1.005}""", "dailyLimitUsd")]
    [InlineData("""{"autoRefillEnabled":true,"monthlyLimitUsd":1e3}""", "monthlyLimitUsd")]
    [InlineData("""{"autoRefillEnabled":true,"timeZone":"Mars"}""", "timeZone")]
    [InlineData("""{"autoRefillEnabled":true,"timeZone":"Europe//Berlin"}""", "timeZone")]
    [InlineData("""{"autoRefillEnabled":true,"timeZone":"right/UTC"}""", "timeZone")]
    [InlineData("""{"autoRefillEnabled":true,"timeZone":"localtime"}""", "timeZone")]
    [InlineData("""{"autoRefillEnabled":true,"timeZone":"utc"}""", "timeZone")]
    public async Task Bad_input_is_named_and_changes_nothing(string body, string field)
    {
        using var member = await fixture.SignInAsync();

        var answer = await SendAsync(member, body);

        answer.Status.ShouldBe(400);
        answer.Json.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(answer.Text);
        (await member.GetAsync(Path)).Json.GetProperty("settings").GetProperty("autoRefillEnabled").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task What_cannot_work_as_it_is_set_is_named()
    {
        using var member = await fixture.SignInAsync();

        (await WarningsAsync(member, null)).ShouldBeEmpty();
        (await WarningsAsync(member, """{"autoRefillEnabled":true,"autoRefillPackage":200,"dailyLimitUsd":18.99}"""))
            .ShouldBe(["no_payment_method", "package_above_limit"]);
        (await WarningsAsync(member, null)).ShouldBe(["no_payment_method", "package_above_limit"]);
        await KeptCards.KeepAsync(fixture.Product.Sandbox, member, "pm_card_visa");
        (await WarningsAsync(member, """{"autoRefillEnabled":true,"dailyLimitUsd":19}""")).ShouldBeEmpty();
        (await WarningsAsync(member, """{"autoRefillEnabled":false,"dailyLimitUsd":1}""")).ShouldBeEmpty();
    }

    private static async Task<List<string?>> WarningsAsync(TestMember member, string? change)
    {
        var answer = change is null ? await member.GetAsync(Path) : await SendAsync(member, change);
        answer.Status.ShouldBe(200, answer.Text);
        answer.Json.GetProperty("until").ValueKind.ShouldBe(JsonValueKind.Null);
        return [.. answer.Json.GetProperty("warnings").EnumerateArray().Select(code => code.GetString())];
    }

    private static async Task<JsonElement> PatchAsync(TestMember member, string body)
    {
        var answer = await SendAsync(member, body);
        answer.Status.ShouldBe(200, answer.Text);
        return answer.Json.GetProperty("settings");
    }

    private static Task<Answer> SendAsync(TestMember member, string body) =>
        member.SendAsync(HttpMethod.Patch, Path, JsonContent.Create(JsonSerializer.Deserialize<JsonElement>(body)));
}

public sealed class RefillSettingsOnSqliteTests(SqliteProduct product) : RefillSettingsTests(product), IClassFixture<SqliteProduct>;

public sealed class RefillSettingsOnPostgresTests(PostgresProduct product) : RefillSettingsTests(product), IClassFixture<PostgresProduct>;
