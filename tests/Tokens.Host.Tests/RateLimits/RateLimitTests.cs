using System.Globalization;
using System.Net.Http.Json;
using Tokens.Host.Tests.Running;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.RateLimits;

/// <summary>Limits as a client meets them, through the gateway, with the defaults.</summary>
public sealed class RateLimitTests(LimitedProduct product) : IClassFixture<LimitedProduct>
{
    [Fact]
    public async Task Five_purchases_a_minute_and_no_sixth()
    {
        using var member = await product.SignInAsync();
        using var other = await product.SignInAsync();
        for (var left = 4; left >= 0; left--)
        {
            var answer = await member.BuyAsync();
            answer.Status.ShouldBe(200, answer.Text);
            answer.Field("RateLimit-Policy").ShouldBe("\"payments.purchase\";q=5;w=60");
            answer.Field("RateLimit").ShouldStartWith($"\"payments.purchase\";r={left};t=");
        }

        var refused = await member.BuyAsync();

        refused.ShouldBeRefused("payments.purchase", 5, 60);
        refused.Json.GetProperty("instance").GetString().ShouldBe("/api/tokens/purchase");
        (await member.BalanceAsync()).ShouldBe(250);
        (await other.BuyAsync()).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Repeats_and_refusals_count_and_whoever_is_not_signed_in_counts_for_nobody()
    {
        using var member = await product.SignInAsync();
        using var stranger = new HttpClient { BaseAddress = product.Product.Gateway };
        for (var i = 0; i < 10; i++)
        {
            var unknown = await Answer.ReadAsync(await stranger.PostAsJsonAsync("/api/tokens/purchase", new { tokenAmount = 50 }));
            unknown.ShouldBeProblem(401, "unauthenticated");
            unknown.Field("RateLimit").ShouldBeEmpty();
        }

        (await member.BuyAsync("k")).Remaining().ShouldBe(4);
        var repeat = await member.BuyAsync("k");
        (repeat.IsReplay, repeat.Remaining()).ShouldBe((true, 3));
        var bad = await member.PostAsync("/api/tokens/purchase", new { tokenAmount = "abc" });
        (bad.Status, bad.Remaining()).ShouldBe((400, 2));
        (await member.PostAsync("/api/v1/wallet/purchase", new { tokenAmount = 50, paymentMethodId = "pm_card_chargeDeclined" }))
            .Remaining().ShouldBe(1);
        (await member.BuyAsync("k")).Remaining().ShouldBe(0);

        (await member.BuyAsync("k")).ShouldBeRefused("payments.purchase", 5, 60);
    }

    [Fact]
    public async Task All_routes_that_try_a_card_share_one_count()
    {
        using var member = await product.SignInAsync();
        var declined = new { tokenAmount = 50, paymentMethodId = "pm_card_chargeDeclined" };

        (await member.PostAsync("/api/tokens/quick-purchase", declined)).Remaining().ShouldBe(4);
        (await member.PostAsync("/api/tokens/purchase", declined)).Remaining().ShouldBe(3);
        (await member.PostAsync("/api/tokens/payment-methods/setup", new { })).Remaining().ShouldBe(2);
        (await member.PostAsync("/api/tokens/purchase-saved", new { tokenAmount = 50 })).Remaining().ShouldBe(1);
        (await member.PostAsync("/api/tokens/smart-refill/trigger", new { triggerType = "low_balance" })).Remaining().ShouldBe(0);

        (await member.PostAsync("/api/tokens/quick-purchase", declined)).ShouldBeRefused("payments.purchase", 5, 60);
        (await member.PostAsync("/api/tokens/payment-methods/setup", new { })).ShouldBeRefused("payments.purchase", 5, 60);
        (await member.GetAsync("/api/tokens/payment-methods")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_hundred_purchases_at_once_are_five()
    {
        using var member = await product.SignInAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => member.BuyAsync($"k{i}")));

        answers.Count(answer => answer.Status == 200).ShouldBe(5);
        foreach (var refused in answers.Where(answer => answer.Status != 200))
        {
            refused.ShouldBeRefused("payments.purchase", 5, 60);
        }
    }

    [Fact]
    public async Task Both_tip_routes_share_one_count()
    {
        using var member = await product.SignInAsync();
        var creator = Guid.NewGuid();

        var first = await member.TipAsync(creator, 1);
        var second = await member.PostAsync($"/api/tokens/tip/{creator}", new { amountTokens = 1 });

        (first.Status, first.Remaining()).ShouldBe((404, 599));
        (second.Status, second.Remaining()).ShouldBe((404, 598));
        second.Field("RateLimit-Policy").ShouldBe("\"wallet.tip\";q=600;w=60");
    }

    [Fact]
    public async Task A_hundred_calls_of_analytics_in_a_quarter_of_an_hour_and_no_101st()
    {
        using var member = await product.SignInAsync();
        string[] routes = ["/api/tokens/analytics/fan", "/api/v1/tokens/analytics/creator?range=7d", "/api/tokens/analytics/predict-refill"];
        for (var left = 99; left >= 0; left--)
        {
            var answer = await member.GetAsync(routes[left % 3]);
            answer.Status.ShouldBe(200, answer.Text);
            answer.Remaining().ShouldBe(left);
        }

        (await member.GetAsync(routes[0])).ShouldBeRefused("analytics.read", 100, 900);
        (await member.GetAsync("/api/tokens/analytics/nobody")).ShouldBeRefused("analytics.read", 100, 900);
    }

    [Theory]
    [InlineData("/api/tokens", "\"wallet.read\";q=1000;w=10")]
    [InlineData("/api/v1/tokens/balance", "\"wallet.read\";q=1000;w=10")]
    [InlineData("/api/tokens/transactions", "\"wallet.read\";q=1000;w=10")]
    [InlineData("/api/tokens/transactions/export?format=csv", "\"wallet.export\";q=5;w=60")]
    [InlineData("/api/tokens/packages", "\"payments.read\";q=1000;w=60")]
    [InlineData("/api/tokens/admin/payments/parked", "\"payments.admin\";q=600;w=60")]
    [InlineData("/api/tokens/admin/ledger/verify", "\"wallet.verify\";q=120;w=60")]
    public async Task An_allowed_answer_says_what_is_left(string path, string policy)
    {
        using var member = await product.SignInAsync(roles: "tokens-admin");

        var answer = await member.GetAsync(path);

        answer.Status.ShouldBe(200, answer.Text);
        answer.Field("RateLimit-Policy").ShouldBe(policy);
        var limit = int.Parse(policy.Split(";q=")[1].Split(';')[0], CultureInfo.InvariantCulture);
        answer.Remaining().ShouldBeInRange(limit - 2, limit - 1, "the sign-in has read the balance");
    }

    [Fact]
    public async Task The_opening_of_a_stream_counts_too()
    {
        using var member = await product.SignInAsync();

        using var response = await member.Client.GetAsync("/api/tokens/balance/stream", HttpCompletionOption.ResponseHeadersRead);

        response.Headers.GetValues("RateLimit").Single().ShouldStartWith("\"wallet.stream\";r=119;");
    }

    [Fact]
    public async Task Signing_in_for_development_is_limited_by_address()
    {
        using var client = new HttpClient { BaseAddress = product.Product.Gateway };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/dev/token") { Content = JsonContent.Create(new { }) };
        request.Headers.Add("X-Forwarded-For", "2001:db8::1");
        var first = await Answer.ReadAsync(await client.SendAsync(request));
        using var neighbour = new HttpRequestMessage(HttpMethod.Post, "/dev/token") { Content = JsonContent.Create(new { }) };
        neighbour.Headers.Add("X-Forwarded-For", "2001:db8::2");
        var second = await Answer.ReadAsync(await client.SendAsync(neighbour));

        first.Field("RateLimit-Policy").ShouldBe("\"host.dev_token\";q=1000;w=60");
        (first.Remaining(), second.Remaining()).ShouldBe((999, 998));
    }
}
