using System.Net.Http.Headers;
using System.Text;
using Tokens.Host.Tests.Running;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Api;

[Collection(OnSqlite.Name)]
public sealed class ProblemDocumentTests(SqliteProduct fixture)
{
    private const string Tip = "/api/tokens/tip";
    private const int BodyBytesMax = 32 * 1024;

    private static readonly Dictionary<string, (Func<HttpContent?> Content, int Status, string Code)> Bodies = new()
    {
        ["no body"] = (() => null, 415, "unsupported_media_type"),
        ["an empty body"] = (() => Json(""), 400, "invalid_request"),
        ["blanks"] = (() => Json("   "), 400, "invalid_request"),
        ["not JSON"] = (() => Json("creatorId=1"), 400, "invalid_request"),
        ["half of JSON"] = (() => Json("{\"amountTokens\": 1"), 400, "invalid_request"),
        ["more than JSON"] = (() => Json("{} {}"), 400, "invalid_request"),
        ["a comment"] = (() => Json("{} // why"), 400, "invalid_request"),
        ["a list"] = (() => Json("[]"), 400, "invalid_request"),
        ["a text"] = (() => Json("\"tip\""), 400, "invalid_request"),
        ["nothing at all"] = (() => Json("null"), 400, "invalid_request"),
        ["a member given twice"] = (() => Json("{\"amountTokens\": 1, \"amountTokens\": 100}"), 400, "invalid_request"),
        ["forty levels"] = (() => Json("{\"a\":" + new string('[', 40) + new string(']', 40) + "}"), 400, "invalid_request"),
        ["bytes that are not UTF-8"] = (() => Bytes([.. "{\"message\": \""u8, 0xC3, 0x28, .. "\"}"u8]), 400, "validation_failed"),
        ["half a surrogate pair as a name"] = (() => Json("{\"\\ud83d\": 1, \"\\ud83d\": 2}"), 400, "invalid_request"),
        ["half a surrogate pair as a value"] = (() => Json("{\"message\": \"\\ud83d\"}"), 400, "validation_failed"),
        ["members of the wrong types"] = (() => Json("{\"creatorId\": {}, \"amountTokens\": [], \"message\": 1}"), 400, "validation_failed"),
        ["one byte too many"] = (() => Json(Padded(BodyBytesMax + 1)), 413, "payload_too_large"),
        ["a form"] = (() => Typed("a=1", "application/x-www-form-urlencoded"), 415, "unsupported_media_type"),
        ["text"] = (() => Typed("{}", "text/plain"), 415, "unsupported_media_type"),
        ["no type"] = (() => Typed("{}", null), 415, "unsupported_media_type"),
        ["a type that is none"] = (() => Typed("{}", "json"), 415, "unsupported_media_type"),
        ["UTF-16"] = (() => Typed("{}", "application/json; charset=utf-16"), 415, "unsupported_media_type"),
        ["zipped"] = (() => Encoded("{}", "gzip"), 415, "unsupported_media_type"),
    };

    public static TheoryData<string> BodyNames => [.. Bodies.Keys];

    [Theory]
    [MemberData(nameof(BodyNames))]
    public async Task A_body_that_cannot_be_read_is_refused(string what)
    {
        using var member = await fixture.SignInAsync();
        var (content, status, code) = Bodies[what];

        var answer = await member.SendAsync(HttpMethod.Post, Tip, content());

        answer.ShouldBeProblem(status, code);
    }

    [Fact]
    public async Task A_body_whose_length_is_not_said_has_the_same_limit()
    {
        using var member = await fixture.SignInAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, Tip) { Content = Json(Padded(BodyBytesMax + 1)) };
        request.Headers.TransferEncodingChunked = true;

        (await Answer.ReadAsync(await member.Client.SendAsync(request))).ShouldBeProblem(413, "payload_too_large");
    }

    [Fact]
    public async Task A_body_that_even_the_gateway_refuses_need_not_be_sent()
    {
        using var member = await fixture.SignInAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, Tip) { Content = Json(Padded((1024 * 1024) + 1)) };
        request.Headers.ExpectContinue = true;

        (await Answer.ReadAsync(await member.Client.SendAsync(request))).ShouldBeProblem(413, "payload_too_large");
    }

    [Fact]
    public async Task A_body_at_the_limit_and_a_byte_order_mark_are_read()
    {
        using var member = await fixture.SignInAsync();

        (await member.SendAsync(HttpMethod.Post, Tip, Json(Padded(BodyBytesMax)))).ShouldBeProblem(400, "validation_failed");
        (await member.SendAsync(HttpMethod.Post, Tip, Bytes([0xEF, 0xBB, 0xBF, .. "{}"u8]))).ShouldBeProblem(400, "validation_failed");
        (await member.SendAsync(HttpMethod.Post, Tip, Typed("{}", "application/json; charset=UTF-8")))
            .ShouldBeProblem(400, "validation_failed");
    }

    [Fact]
    public async Task Every_faulty_field_is_named()
    {
        using var member = await fixture.SignInAsync();

        var answer = await member.PostAsync(Tip, new { amountTokens = 0, message = new string('x', 501), channel = 1 });

        answer.ShouldBeProblem(400, "validation_failed");
        answer.Json.GetProperty("errors").EnumerateObject().Select(field => field.Name)
            .ShouldBe(["creatorId", "amountTokens", "channel", "message"], ignoreOrder: true);
        answer.Json.GetProperty("errors").GetProperty("creatorId")[0].GetString().ShouldBe("creatorId is required.");
    }

    [Theory]
    [InlineData("/api/tokens/nothing-here")]
    [InlineData("/api/tokens/tip/x/y")]
    [InlineData("/api/nothing-here")]
    [InlineData("/nothing-here")]
    [InlineData("/openapi/v2.json")]
    public async Task An_unknown_path_is_404(string path)
    {
        using var member = await fixture.SignInAsync();

        (await member.GetAsync(path)).ShouldBeProblem(404, "not_found");
    }

    [Theory]
    [InlineData("GET", Tip, "POST")]
    [InlineData("DELETE", "/api/tokens/balance", "GET")]
    [InlineData("POST", "/health/ready", "GET")]
    public async Task A_wrong_verb_is_405_and_names_the_right_ones(string verb, string path, string allowed)
    {
        using var member = await fixture.SignInAsync();
        using var request = new HttpRequestMessage(new HttpMethod(verb), path);
        using var response = await member.Client.SendAsync(request);

        response.Content.Headers.Allow.ShouldContain(allowed);
        (await Answer.ReadAsync(response)).ShouldBeProblem(405, "method_not_allowed");
    }

    [Theory]
    [InlineData("limit=abc")]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("limit=1&limit=2")]
    [InlineData("offset=-1")]
    [InlineData("cursor=%00")]
    [InlineData("cursor=nonsense")]
    [InlineData("from=yesterday")]
    [InlineData("type=%ff%fe")]
    public async Task A_query_that_cannot_be_read_is_400(string query)
    {
        using var member = await fixture.SignInAsync();

        (await member.GetAsync("/api/tokens/transactions?" + query)).ShouldBeProblem(400, "validation_failed");
    }

    [Fact]
    public async Task A_long_address_is_answered_like_any_other()
    {
        using var member = await fixture.SignInAsync();

        (await member.GetAsync("/api/tokens/" + new string('x', 7_500))).ShouldBeProblem(404, "not_found");
        (await member.GetAsync("/api/tokens/transactions?limit=" + new string('9', 7_500))).ShouldBeProblem(400, "validation_failed");
    }

    [Fact]
    public async Task Headers_that_the_gateway_takes_the_host_behind_it_takes_too()
    {
        using var member = await fixture.SignInAsync();
        using var many = new HttpRequestMessage(HttpMethod.Get, "/api/tokens/balance");
        foreach (var number in Enumerable.Range(0, 95))
        {
            many.Headers.Add($"X-Header-{number}", "x");
        }

        using var large = new HttpRequestMessage(HttpMethod.Get, "/api/tokens/balance");
        large.Headers.Add("X-Large", new string('x', 32_000 - member.Token.Length));

        (await Answer.ReadAsync(await member.Client.SendAsync(many))).Status.ShouldBe(200);
        (await Answer.ReadAsync(await member.Client.SendAsync(large))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Every_answer_forbids_caches()
    {
        using var member = await fixture.SignInAsync();

        foreach (var path in new[] { "/api/tokens", "/api/tokens/balance", "/openapi/v1.json", "/docs/index.html", "/health/ready", "/health/live" })
        {
            var answer = await member.GetAsync(path);
            answer.Status.ShouldBe(200, path);
            answer.Headers.CacheControl.ShouldNotBeNull(path).NoStore.ShouldBeTrue(path);
            answer.Headers.Contains("Server").ShouldBeFalse(path);
        }
    }

    private static string Padded(int bytes) => "{\"padding\":\"" + new string('x', bytes - 14) + "\"}";

    private static ByteArrayContent Json(string text) => Typed(text, "application/json");

    private static ByteArrayContent Typed(string text, string? type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        if (type is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        return content;
    }

    private static ByteArrayContent Bytes(byte[] bytes) =>
        new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    private static ByteArrayContent Encoded(string text, string encoding)
    {
        var content = Json(text);
        content.Headers.ContentEncoding.Add(encoding);
        return content;
    }
}
