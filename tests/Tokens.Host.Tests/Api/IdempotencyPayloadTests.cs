using System.Net.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Tokens.Platform.Inputs;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Api;

/// <summary>A key that comes again with another payload is refused on every route that takes one, whichever field differs.</summary>
[Collection(OnSqlite.Name)]
public sealed class IdempotencyPayloadTests(SqliteProduct fixture)
{
    [Fact]
    public async Task A_key_with_any_other_field_is_refused_on_every_route()
    {
        using var star = await fixture.SignInAsync(isCreator: true);
        using var other = await fixture.SignInAsync(isCreator: true);
        using var fan = await fixture.SignInWithAsync(90);
        using var admin = await fixture.SignInAsync(roles: "tokens-admin");
        var cards = await KeepCardsAsync(fan);
        var settings = JsonContent.Create(new { autoRefillEnabled = true, autoRefillPackage = 50 });
        (await fan.SendAsync(HttpMethod.Patch, "/api/tokens/settings/auto-refill", settings)).Status.ShouldBe(200);
        var codes = new[] { await IssueAsync(star, admin), await IssueAsync(star, admin) };
        var requests = Requests(star.Id, other.Id, cards, codes);

        var keyed = fixture.Product.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<InputDescription>() is { TakesKey: true }).ToList();
        keyed.Select(NameOf).ShouldBe(requests.Keys, ignoreOrder: true);
        // The refill first, while the balance is low.
        foreach (var route in keyed.OrderByDescending(route => NameOf(route) == "TriggerRefill"))
        {
            var fields = requests[NameOf(route)];
            var recognised = route.Metadata.GetRequiredMetadata<InputDescription>().Fields.Select(field => field.Name);
            recognised.ShouldBe(fields.Keys, ignoreOrder: true, NameOf(route));
            await ShouldTellPayloadsApartAsync(NameOf(route) == "AdjustBalance" ? admin : fan, route, fields);
        }
    }

    private static async Task ShouldTellPayloadsApartAsync(
        TestMember caller, RouteEndpoint route, Dictionary<string, (object First, object Other)> fields)
    {
        var key = $"key of {NameOf(route)}";
        var payload = fields.ToDictionary(field => field.Key, field => field.Value.First);
        var first = await SendAsync(caller, route, payload, key);
        first.Status.ShouldBe(200, $"{NameOf(route)}: {first.Text}");
        foreach (var (name, (_, other)) in fields)
        {
            var changed = new Dictionary<string, object>(payload) { [name] = other };
            var answer = await SendAsync(caller, route, changed, key);
            (answer.Status, answer.Code).ShouldBe((422, "idempotency_key_reused"), $"{NameOf(route)} with another {name}: {answer.Text}");
        }

        var again = await SendAsync(caller, route, payload, key);
        (again.IsReplay, again.Text).ShouldBe((true, first.Text), NameOf(route));
    }

    private static Task<Answer> SendAsync(TestMember caller, RouteEndpoint route, Dictionary<string, object> payload, string key)
    {
        var path = "/" + string.Join('/', route.RoutePattern.PathSegments.Select(segment => segment.Parts[0] switch
        {
            RoutePatternParameterPart parameter => payload[parameter.Name].ToString(),
            RoutePatternLiteralPart literal => literal.Content,
            var part => throw new InvalidOperationException($"{part} is no part of a path that this test knows."),
        }));
        return caller.PostAsync(path, payload, key);
    }

    // Each field of each route with two values that are both valid.
    private static Dictionary<string, Dictionary<string, (object First, object Other)>> Requests(
        Guid star, Guid other, IReadOnlyList<string> cards, string[] codes)
    {
        (object, object) tokens = (5, 6);
        (object, object) text = ("one", "two");
        var tip = new Dictionary<string, (object, object)>
        {
            ["creatorId"] = (star, other),
            ["amountTokens"] = tokens,
            ["channel"] = text,
            ["message"] = text,
        };
        return new()
        {
            ["SendTip"] = tip,
            ["SendTipTo"] = tip.ToDictionary(field => field.Key, field => field.Key == "creatorId" ? (other, star) : field.Value),
            ["DeductCall"] = new() { ["counterpartyId"] = (star, other), ["amountTokens"] = tokens, ["sessionId"] = text, ["channel"] = text },
            ["AdjustBalance"] = new() { ["memberId"] = (star, other), ["tokens"] = tokens, ["reason"] = ("reason one", "reason two") },
            ["BuyPackage"] = new()
            {
                ["tokenAmount"] = (50, 200),
                ["paymentMethodId"] = ("pm_card_visa", "pm_card_mastercard"),
                ["savePaymentMethod"] = (false, true),
            },
            ["QuickPurchase"] = new() { ["tokenAmount"] = (10, 11), ["paymentMethodId"] = ("pm_card_visa", "pm_card_mastercard") },
            ["BuyWithSaved"] = new() { ["tokenAmount"] = (50, 200), ["paymentMethodId"] = (cards[0], cards[1]) },
            ["TriggerRefill"] = new() { ["triggerType"] = ("low_balance", "smart_prediction"), ["sessionId"] = text },
            ["IssueGiftCard"] = new() { ["tokenAmount"] = tokens, ["message"] = text, ["expiresInDays"] = (10, 11) },
            ["RedeemGiftCard"] = new() { ["giftCardCode"] = (codes[0], codes[1]) },
            ["SendGift"] = new()
            {
                ["recipientId"] = (star, other),
                ["tokenAmount"] = tokens,
                ["message"] = text,
                ["giftType"] = text,
                ["giftId"] = text,
                ["giftName"] = text,
                ["giftEmoji"] = text,
                ["channel"] = text,
            },
        };
    }

    private async Task<IReadOnlyList<string>> KeepCardsAsync(TestMember member)
    {
        await KeptCards.KeepAsync(fixture.Product.Sandbox, member, "pm_card_visa");
        await KeptCards.KeepAsync(fixture.Product.Sandbox, member, "pm_card_mastercard");
        return
        [
            .. (await member.GetAsync("/api/tokens/payment-methods")).Json.GetProperty("paymentMethods").EnumerateArray()
                .Select(card => card.GetProperty("id").GetString()!),
        ];
    }

    private static async Task<string> IssueAsync(TestMember issuer, TestMember admin)
    {
        (await admin.PostAsync("/api/tokens/admin/adjustments", new { memberId = issuer.Id, tokens = 5, reason = "a start for the test" }))
            .Status.ShouldBe(200);
        var issued = await issuer.PostAsync("/api/tokens/gift-card", new { tokenAmount = 5 });
        issued.Status.ShouldBe(200, issued.Text);
        return issued.Json.GetProperty("giftCardCode").GetString()!;
    }

    private static string NameOf(RouteEndpoint route) => route.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName;
}
