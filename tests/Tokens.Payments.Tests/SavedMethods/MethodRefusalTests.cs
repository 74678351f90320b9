using Tokens.Payments.Tests.Parts;

namespace Tokens.Payments.Tests.SavedMethods;

/// <summary>Every refusal that Stripe may answer outside a charge has an outcome that the contract knows, and none is a 500.</summary>
public sealed class MethodRefusalTests
{
    private static readonly Refusal[] Unavailable =
    [
        new(400, "invalid_request_error", "parameter_unknown", "expand"),
        new(400, "idempotency_error", null, null),
        new(401, "invalid_request_error", null, null),
        new(402, "card_error", "card_declined", null),
        new(403, "invalid_request_error", null, null),
        new(404, "invalid_request_error", "resource_missing", "account"),
        new(409, "invalid_request_error", "lock_timeout", null),
        new(429, "invalid_request_error", "rate_limit", null),
        new(500, "api_error", null, null),
    ];

    private static readonly Refusal CustomerGone = new(400, "invalid_request_error", "resource_missing", "customer");
    private static readonly Refusal MethodGone = new(404, "invalid_request_error", "resource_missing", "payment_method");
    private static readonly Refusal NotAttached = new(400, "invalid_request_error", null, "payment_method");

    [Fact]
    public async Task Of_the_list()
    {
        await using var shop = await MethodShop.OpenAsync();
        string[] routes = ["list", "setup", "choose", "remove", "saved", "default", "saving"];

        await IsUnavailableAsync(shop, "payment_methods.list", routes);
        foreach (var (route, status, code) in new[]
        {
            ("list", 200, null), ("choose", 404, "not_found"), ("remove", 404, "not_found"), ("saved", 404, "not_found"),
            ("default", 400, "validation_failed"), ("setup", 503, "payment_provider_unavailable"), ("saving", 503, "payment_provider_unavailable"),
        })
        {
            await BecomesAsync(shop, "payment_methods.list", CustomerGone, route, status, code);
        }

        shop.Stripe.CountOf("create").ShouldBe(0);
    }

    [Fact]
    public async Task Of_the_retrieval()
    {
        await using var shop = await MethodShop.OpenAsync();

        await IsUnavailableAsync(shop, "payment_methods.retrieve", "saving");
        shop.Stripe.CountOf("create").ShouldBe(0);
        // The charge says what is wrong with it, if anything is.
        await BecomesAsync(shop, "payment_methods.retrieve", MethodGone, "saving", 200, null);
    }

    [Fact]
    public async Task Of_the_removal()
    {
        await using var shop = await MethodShop.OpenAsync();

        await IsUnavailableAsync(shop, "payment_methods.detach", "remove");
        await BecomesAsync(shop, "payment_methods.detach", MethodGone, "remove", 200, null);
        await BecomesAsync(shop, "payment_methods.detach", NotAttached, "remove", 200, null);
    }

    [Fact]
    public async Task Of_the_setup()
    {
        await using var shop = await MethodShop.OpenAsync();

        await IsUnavailableAsync(shop, "setup_intents.create", "setup");
        var before = shop.Stripe.CountOf("setup_intents.create");
        await BecomesAsync(shop, "setup_intents.create", CustomerGone, "setup", 503, "payment_provider_unavailable");
        // One of its own, one in vain, and one for each customer that took the place of the last.
        (shop.Stripe.CountOf("setup_intents.create") - before).ShouldBe(1 + 1 + 3);
    }

    [Fact]
    public async Task Of_the_customer()
    {
        await using var shop = await MethodShop.OpenAsync();
        foreach (var refusal in Unavailable)
        {
            shop.Stripe.Refuse("customers.create", refusal.Status, refusal.Type, refusal.Code, refusal.Param);
            foreach (var route in new[] { "setup", "saving" })
            {
                var answer = await shop.SendAsync(route, Guid.CreateVersion7(), methodId: null);
                (answer.Status, answer.Code).ShouldBe((503, "payment_provider_unavailable"), $"{route}, {refusal}");
            }
        }
    }

    private static async Task IsUnavailableAsync(Shop shop, string call, params string[] routes)
    {
        foreach (var refusal in Unavailable)
        {
            foreach (var route in routes)
            {
                await BecomesAsync(shop, call, refusal, route, 503, "payment_provider_unavailable");
            }
        }
    }

    private static async Task BecomesAsync(Shop shop, string call, Refusal refusal, string route, int status, string? code)
    {
        var member = Guid.CreateVersion7();
        var (_, methods) = await shop.KeepAsync(member, "4242");
        shop.Stripe.Refuse(call, refusal.Status, refusal.Type, refusal.Code, refusal.Param);

        var answer = await shop.SendAsync(route, member, methods[0]);

        shop.Stripe.Allow(call);
        answer.Status.ShouldBe(status, $"{call}, {refusal}, {route}");
        if (code is not null)
        {
            answer.Code.ShouldBe(code, $"{call}, {refusal}, {route}");
        }

        if (status == 503)
        {
            answer.RetryAfter.ShouldNotBeNull();
            (await shop.ListAsync(member)).Length.ShouldBeLessThanOrEqualTo(1);
        }
    }

    private sealed record Refusal(int Status, string Type, string? Code, string? Param);
}
