using System.Net.Http.Headers;
using System.Text;
using Tokens.Host.Tests.Fuzz;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Errors;

/// <summary>
/// The table of errors, a case a row, through the gateway. A new kind of error joins it here. Not in it: what the database being away
/// and full queues say, which need a server of their own (<see cref="DatabaseAwayTests"/>).
/// </summary>
public sealed class ErrorTableTests(ErrorStage stage) : IClassFixture<ErrorStage>
{
    private const string Tip = "/api/tokens/tip";
    private const string Purchase = "/api/tokens/purchase";
    private const string Packages = "[50,200,433,812,1488,4986,8446]";

    private static readonly ErrorRow BadAmount = new(
        400, "validation_failed", "Invalid token amount", ("errors", ErrorRow.Any), ("validAmounts", Packages));

    private static readonly ErrorRow StripeAway = new(
        503, "payment_provider_unavailable", "Payment service unavailable", ("purchaseId", ErrorRow.Any))
    {
        HasRetryAfter = true,
    };

    private static readonly Dictionary<string, (ErrorRow Row, Func<ErrorStage, Task<Answer>> Provoke)> Table = new()
    {
        ["an unreadable body"] = (
            new(400, "invalid_request", "Bad Request"),
            stage => AsMemberAsync(stage, member => member.SendAsync(HttpMethod.Post, Tip, Typed("{", "application/json")))),
        ["an unknown payment method"] = (
            new(400, "invalid_request", "Bad Request"),
            stage => AsMemberAsync(stage, member => BuyAsync(member, new { tokenAmount = 50, paymentMethodId = "pm_nobodys" }))),
        ["a tip without a creator"] = (
            new(400, "validation_failed", "Invalid creator id", ("errors", """{"creatorId":["creatorId is required."]}""")),
            stage => AsMemberAsync(stage, member => member.PostAsync(Tip, new { amountTokens = 1 }))),
        ["a tip of a fraction"] = (
            new(400, "validation_failed", "Invalid token amount", ("errors", ErrorRow.Any)),
            stage => AsMemberAsync(stage, member => member.PostAsync(Tip, new { creatorId = Guid.NewGuid(), amountTokens = 100.5 }))),
        ["a channel that is a number"] = (
            new(400, "validation_failed", "Invalid channel format", ("errors", ErrorRow.Any)),
            stage => AsMemberAsync(stage, member => member.PostAsync(Tip, new { creatorId = Guid.NewGuid(), amountTokens = 1, channel = 7 }))),
        ["a tip to oneself"] = (
            new(400, "validation_failed", "Cannot tip yourself", ("errors", """{"creatorId":["The creator must be somebody else."]}""")),
            stage => AsMemberAsync(stage, member => member.TipAsync(member.Id, 1))),
        ["a package that isn't sold"] = (
            BadAmount with
            {
                Members = [("errors", """{"tokenAmount":["tokenAmount must be one of 50, 200, 433, 812, 1488, 4986, 8446."]}"""), ("validAmounts", Packages)],
            },
            stage => AsMemberAsync(stage, member => BuyAsync(member, new { tokenAmount = 51, paymentMethodId = "pm_card_visa" }))),
        ["a package that is text"] = (
            BadAmount, stage => AsMemberAsync(stage, member => BuyAsync(member, new { tokenAmount = "abc", paymentMethodId = "pm_card_visa" }))),
        ["a package that is a list"] = (
            BadAmount, stage => AsMemberAsync(stage, member => BuyAsync(member, new { tokenAmount = new[] { 50 }, paymentMethodId = "pm_card_visa" }))),
        ["a package below zero"] = (
            BadAmount, stage => AsMemberAsync(stage, member => BuyAsync(member, new { tokenAmount = -50, paymentMethodId = "pm_card_visa" }))),
        ["a purchase of nothing"] = (BadAmount, stage => AsMemberAsync(stage, member => BuyAsync(member, new { }))),
        ["a quick purchase that is too small"] = (
            new(400, "validation_failed", "Invalid token amount", ("errors", ErrorRow.Any)),
            stage => AsMemberAsync(stage, member => member.PostAsync("/api/tokens/quick-purchase", new { tokenAmount = 9, paymentMethodId = "pm_card_visa" }))),
        ["a quick purchase of text"] = (
            new(400, "validation_failed", "Invalid token amount", ("errors", ErrorRow.Any)),
            stage => AsMemberAsync(stage, member => member.PostAsync("/api/tokens/quick-purchase", new { tokenAmount = "x", paymentMethodId = "pm_card_visa" }))),
        ["nobody"] = (new(401, "unauthenticated", "Authentication required"), stage => AsNobodyAsync(stage, "/api/tokens", null)),
        ["a forged sign-in"] = (new(401, "unauthenticated", "Authentication required"), stage => AsNobodyAsync(stage, "/api/tokens", "a.b.c")),
        ["a declined card"] = (
            new(402, "payment_declined", "Payment declined", ("declineCode", "\"insufficient_funds\""), ("stripeCode", "\"card_declined\""), ("paymentIntentId", ErrorRow.Any)),
            stage => AsMemberAsync(stage, member => BuyAsync(member, new { tokenAmount = 50, paymentMethodId = "pm_card_visa_chargeDeclinedInsufficientFunds" }))),
        ["a stolen card"] = (
            new(402, "payment_declined", "Payment declined", ("declineCode", "\"generic_decline\""), ("stripeCode", "\"card_declined\""), ("paymentIntentId", ErrorRow.Any)),
            stage => AsMemberAsync(stage, member => BuyAsync(member, new { tokenAmount = 50, paymentMethodId = "pm_card_visa_chargeDeclinedStolenCard" }))),
        ["a balance that is too low"] = (
            new(402, "insufficient_balance", "Insufficient token balance", ("currentBalance", "5"), ("requiredTokens", "6"), ("refillPending", "false")),
            TipTooMuchAsync),
        ["a member on an admin route"] = (
            new(403, "forbidden", "Forbidden"), stage => AsMemberAsync(stage, member => member.GetAsync("/api/tokens/admin/ledger/verify"))),
        ["an unknown creator"] = (
            new(404, "creator_not_found", "Creator not found"), stage => AsMemberAsync(stage, member => member.TipAsync(Guid.NewGuid(), 1))),
        ["an unknown counterparty"] = (
            new(404, "recipient_not_found", "Recipient not found"),
            stage => AsMemberAsync(stage, member => member.PostAsync(
                "/api/tokens/calls/deduct", new { counterpartyId = Guid.NewGuid(), amountTokens = 1, sessionId = "s" }))),
        ["an unknown purchase"] = (
            new(404, "not_found", "Purchase not found"), stage => AsMemberAsync(stage, member => member.GetAsync($"/api/tokens/purchases/{Guid.NewGuid()}"))),
        ["an unknown address of the API"] = (
            new(404, "not_found", "Resource not found"), stage => AsMemberAsync(stage, member => member.GetAsync("/api/tokens/nowhere"))),
        ["an unknown address beside the API"] = (new(404, "not_found", "Resource not found"), stage => AsNobodyAsync(stage, "/api/nowhere", null)),
        ["an unknown page"] = (new(404, "not_found", "Resource not found"), stage => AsNobodyAsync(stage, "/nowhere", null)),
        ["a wrong method"] = (new(405, "method_not_allowed", "Method not allowed"), stage => AsMemberAsync(stage, member => member.GetAsync(Tip))),
        ["a wrong method at the gateway"] = (
            new(405, "method_not_allowed", "Method not allowed"),
            stage => AsMemberAsync(stage, member => member.PostAsync("/health/live", new { }))),
        ["a body that doesn't come"] = (new(408, "request_timeout", "Request timed out"), DribbleAsync),
        ["a second call under a running key"] = (
            new(409, "idempotency_in_progress", "A request with this idempotency key is still running"),
            stage => AsMemberAsync(stage, member => member.GetAsync(ThrowingRoutes.InProgress))),
        ["a conflict"] = (new(409, "conflict", "Conflict"), stage => AsMemberAsync(stage, member => member.GetAsync(ThrowingRoutes.Conflict))),
        ["a body that is too large"] = (
            new(413, "payload_too_large", "Request body too large"),
            stage => AsMemberAsync(stage, member => member.PostAsync(Tip, new { message = new string('x', 33_000) }))),
        ["a body too large for the gateway"] = (
            new(413, "payload_too_large", "Request body too large"),
            stage => AsMemberAsync(stage, member => member.PostAsync(Tip, new { message = new string('x', 1_100_000) }))),
        ["a body of another type"] = (
            new(415, "unsupported_media_type", "Unsupported media type"),
            stage => AsMemberAsync(stage, member => member.SendAsync(HttpMethod.Post, Tip, Typed("a=b", "application/x-www-form-urlencoded")))),
        ["a key used for something else"] = (
            new(422, "idempotency_key_reused", "Idempotency key reused with a different request"), ReuseKeyAsync),
        ["a member who owes"] = (new(423, "account_on_hold", "Account on hold", ("debt", "7")), TipWhileOwingAsync),
        ["a bug"] = (new(500, "internal_error", "Internal Server Error"), stage => AsMemberAsync(stage, member => member.GetAsync(ThrowingRoutes.Bug))),
        ["a host that hangs up"] = (new(502, "upstream_unavailable", "Bad gateway"), stage => stage.AskAsync("broken")),
        ["no host"] = (new(503, "upstream_unavailable", "Service unavailable") { HasRetryAfter = true }, stage => stage.AskAsync("unreachable")),
        ["a host that says nothing"] = (new(504, "upstream_timeout", "Gateway timeout"), stage => stage.AskAsync("silent")),
        ["Stripe refuses the key"] = (StripeAway, stage => BuyFromFailingStripeAsync(stage, 401)),
        ["Stripe forbids"] = (StripeAway, stage => BuyFromFailingStripeAsync(stage, 403)),
        ["Stripe is too busy"] = (StripeAway, stage => BuyFromFailingStripeAsync(stage, 429)),
        ["Stripe fails"] = (StripeAway, stage => BuyFromFailingStripeAsync(stage, 500)),
        ["Stripe is down"] = (StripeAway, stage => BuyFromFailingStripeAsync(stage, 503)),
        ["Stripe hangs up"] = (StripeAway, stage => BuyFromFailingStripeAsync(stage, 0)),
        ["the database is away"] = (
            new(503, "database_unavailable", "Service unavailable") { HasRetryAfter = true },
            stage => AsMemberAsync(stage, member => member.GetAsync(ThrowingRoutes.Database))),
    };

    public static TheoryData<string> Rows => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task An_error_is_the_documented_one(string row)
    {
        var answer = await Table[row].Provoke(stage);

        Table[row].Row.ShouldBe(answer);
        answer.Text.ShouldNotContain(ThrowingRoutes.Secret);
        answer.Text.ShouldNotContain("Exception");
        answer.Text.ShouldNotContain("secret");
    }

    private static async Task<Answer> AsMemberAsync(ErrorStage stage, Func<TestMember, Task<Answer>> call)
    {
        using var member = await stage.MemberAsync();
        return await call(member);
    }

    private static async Task<Answer> AsNobodyAsync(ErrorStage stage, string path, string? token)
    {
        using var client = new HttpClient { BaseAddress = stage.Gateway };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await Answer.ReadAsync(await client.GetAsync(path));
    }

    private static Task<Answer> BuyAsync(TestMember member, object body) => member.PostAsync(Purchase, body);

    private static Task<Answer> BuyFromFailingStripeAsync(ErrorStage stage, int status) =>
        BuyAsync(stage.Buyer, new { tokenAmount = 50, paymentMethodId = $"pm_{status}" });

    private static async Task<Answer> TipTooMuchAsync(ErrorStage stage)
    {
        using var fan = await stage.MemberAsync(5);
        using var creator = await stage.MemberAsync(isCreator: true);
        return await fan.TipAsync(creator.Id, 6);
    }

    private static async Task<Answer> TipWhileOwingAsync(ErrorStage stage)
    {
        using var fan = await stage.MemberAsync(5);
        using var creator = await stage.MemberAsync(isCreator: true);
        await stage.OweAsync(fan.Id, 7);
        return await fan.TipAsync(creator.Id, 1);
    }

    private static async Task<Answer> ReuseKeyAsync(ErrorStage stage)
    {
        using var fan = await stage.MemberAsync(5);
        using var creator = await stage.MemberAsync(isCreator: true);
        (await fan.TipAsync(creator.Id, 1, "k")).Status.ShouldBe(200);
        return await fan.TipAsync(creator.Id, 2, "k");
    }

    // A client library would go on waiting for its own body.
    private static async Task<Answer> DribbleAsync(ErrorStage stage)
    {
        using var member = await stage.MemberAsync();
        var head = $"POST {Tip} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {member.Token}\r\nContent-Type: application/json\r\nContent-Length: 10000\r\n\r\n{{";
        using var client = new WireClient(stage.Gateway);
        var answer = await client.SendAsync(new WireRequest("Dribble", "POST", Encoding.UTF8.GetBytes(head), IsBelowHttp: false), CancellationToken.None);
        using var response = new HttpResponseMessage((System.Net.HttpStatusCode)answer!.Status) { Content = new ByteArrayContent(answer.Body) };
        response.Content.Headers.TryAddWithoutValidation("Content-Type", answer.Header("content-type"));
        response.Headers.TryAddWithoutValidation("Cache-Control", answer.Header("cache-control"));
        return await Answer.ReadAsync(response);
    }

    private static ByteArrayContent Typed(string text, string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }
}
