using Tokens.Testing.Products;
using Tokens.Wallet.Tests.Parts;

namespace Tokens.Wallet.Tests.Tips;

public abstract class SendTipInputTests(ProductFixture fixture)
{
    private const string Path = "/api/tokens/tip";

    [Fact]
    public async Task An_amount_that_is_no_whole_number_from_1_to_2_to_the_53_less_1_is_refused_and_changes_nothing()
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        using var creator = await fixture.SignInAsync(isCreator: true);
        var before = await fixture.StateAsync();

        foreach (var amount in MoneyRequests.WrongAmounts)
        {
            var body = $$"""{"creatorId":"{{creator.Id}}","amountTokens":{{amount}}}""";
            (await fan.PostJsonAsync(Path, body)).ShouldBeFault("amountTokens", "Invalid token amount", amount);
        }

        (await fan.PostJsonAsync(Path, $$"""{"creatorId":"{{creator.Id}}"}"""))
            .ShouldBeFault("amountTokens", "Invalid token amount", "missing");
        (await fan.PostJsonAsync(Path, $$"""{"creatorId":"{{creator.Id}}","amountTokens":NaN}""")).Code.ShouldBe("invalid_request");
        (await fixture.StateAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData("\"amountTokens\":100")]
    [InlineData("\"amountTokens\":\"100\"")]
    [InlineData("\"tokenAmount\":100")]
    [InlineData("\"tokenAmount\":\"100\"")]
    [InlineData("\"amount\":100")]
    [InlineData("\"amountTokens\":null,\"amount\":100")]
    [InlineData("\"amountTokens\":100,\"unknown\":{\"a\":[1]},\"Channel\":5")]
    public async Task An_amount_is_read_under_each_of_its_names(string amount)
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        using var creator = await fixture.SignInAsync(isCreator: true);

        var answer = await fan.PostJsonAsync(Path, $$"""{"creatorId":"{{creator.Id}}",{{amount}}}""");

        answer.Status.ShouldBe(200, answer.Text);
        answer.Json.GetProperty("newBalance").GetInt64().ShouldBe(900);
        answer.Json.GetProperty("channel").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task A_wrong_channel_is_refused_and_changes_nothing()
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        using var creator = await fixture.SignInAsync(isCreator: true);
        var before = await fixture.StateAsync();

        foreach (var channel in new[]
        {
            $"\"{new string('x', 101)}\"", "\"a\\nb\"", "\"a\\tb\"", "\"\\u0000\"", "\"\\u0085\"", "\"\\u007f\"", "\"\\ud800\"", "\"\\udc00x\"",
            "5", "true", "{}", "[]",
        })
        {
            var answer = await fan.PostJsonAsync(Path, $$"""{"creatorId":"{{creator.Id}}","amountTokens":1,"channel":{{channel}}}""");
            answer.ShouldBeFault("channel", "Invalid channel format", channel);
        }

        (await fixture.StateAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_wrong_message_is_refused_and_changes_nothing()
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        using var creator = await fixture.SignInAsync(isCreator: true);
        var before = await fixture.StateAsync();

        foreach (var message in new[] { $"\"{new string('x', 501)}\"", "\"a\\u0000b\"", "\"\\ud83c\"", "\"\\udf89\"", "7", "false", "{}", "[]" })
        {
            var answer = await fan.PostJsonAsync(Path, $$"""{"creatorId":"{{creator.Id}}","amountTokens":1,"message":{{message}}}""");
            answer.ShouldBeFault("message", "Invalid message", message);
        }

        (await fixture.StateAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task The_longest_texts_and_emoji_are_kept_as_they_came()
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        using var creator = await fixture.SignInAsync(isCreator: true);
        var channel = string.Concat(Enumerable.Repeat("🎉", 50));
        var message = "line\nline\t👩‍👩‍👧 " + new string('é', 480);

        (await fan.PostAsync(Path, new { creatorId = creator.Id, amountTokens = 1, channel, message })).Status.ShouldBe(200);

        var entry = (await creator.GetAsync("/api/tokens/transactions")).Json.GetProperty("transactions")[0];
        entry.GetProperty("channel").GetString().ShouldBe(channel);
        entry.GetProperty("message").GetString().ShouldBe(message);
    }

    [Fact]
    public async Task A_creator_id_that_is_no_UUID_is_refused_in_body_and_path()
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        foreach (var id in new[] { "\"\"", "\"x\"", "\"5f0f4f4e\"", "5", "true", "{}", "[]", "null", "\"\\ud800\"", $"\"{Guid.NewGuid():N}\"" })
        {
            (await fan.PostJsonAsync(Path, $$"""{"creatorId":{{id}},"amountTokens":1}"""))
                .ShouldBeFault("creatorId", "Invalid creator id", id);
        }

        (await fan.PostJsonAsync(Path, """{"amountTokens":1}""")).ShouldBeFault("creatorId", "Invalid creator id", "missing");
        (await fan.PostJsonAsync(Path + "/nobody", """{"amountTokens":1}""")).ShouldBeFault("creatorId", "Invalid creator id", "path");
    }

    [Fact]
    public async Task Every_wrong_field_is_named_in_one_answer()
    {
        using var fan = await fixture.SignInAsync();

        var errors = (await fan.PostJsonAsync(Path, """{"creatorId":5,"amount":0,"channel":1,"message":1,"clientIdempotencyKey":1}"""))
            .Json.GetProperty("errors");

        errors.EnumerateObject().Select(error => error.Name)
            .ShouldBe(["creatorId", "amount", "channel", "message", "clientIdempotencyKey"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{\"amountTokens\":1,\"amountTokens\":2}")]
    [InlineData("{\"amountTokens\":1,}")]
    [InlineData("{\"\\ud800\":1,\"\\ud800\":2}")]
    public async Task A_body_that_is_no_JSON_object_is_refused(string body)
    {
        using var fan = await fixture.SignInAsync();

        var answer = await fan.PostJsonAsync(Path, body);

        answer.Status.ShouldBe(400, answer.Text);
        answer.Code.ShouldBe("invalid_request");
    }

    [Fact]
    public async Task Another_content_type_is_415_and_a_body_too_large_413()
    {
        using var fan = await fixture.SignInAsync();

        (await fan.SendAsync(HttpMethod.Post, Path, new StringContent("amount=1"))).Status.ShouldBe(415);
        (await fan.SendAsync(HttpMethod.Post, Path, null)).Status.ShouldBe(415);
        var large = $$"""{"message":"{{new string('x', 33 * 1024)}}"}""";
        (await fan.PostJsonAsync(Path, large)).Code.ShouldBe("payload_too_large");
    }
}

[Collection(OnSqlite.Name)]
public sealed class SendTipInputOnSqliteTests(SqliteProduct product) : SendTipInputTests(product);

[Collection(OnPostgres.Name)]
public sealed class SendTipInputOnPostgresTests(PostgresProduct product) : SendTipInputTests(product);
