using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tokens.Host.Tests.Running;
using Tokens.Testing;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Errors;

/// <summary>What the operator is told of a failure, and of what is none.</summary>
public sealed class ErrorLogTests : IAsyncLifetime
{
    private const string Place = "Tokens.Platform.Problems.ProblemDocument";
    private readonly ScopedLog _log = new();
    private readonly Storage _storage = Storage.Sqlite();
    private StripeThatFails _stripe = null!;
    private RunningProduct _product = null!;
    private TestMember _member = null!;

    public async Task InitializeAsync()
    {
        _stripe = await StripeThatFails.StartAsync();
        _product = await RunningProduct.StartAsync(
            _storage,
            new Dictionary<string, string?>
            {
                ["Logging:LogLevel:Default"] = "Debug",
                ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Debug",
                ["Gateway:HealthTimeout"] = "00:00:30",
                ["STRIPE_SECRET_KEY"] = "sk_test_x",
                ["STRIPE_API_BASE"] = _stripe.Address,
                ["Stripe:RetryDelayMilliseconds"] = "1",
                ["Payments:NewKeyDelayMilliseconds"] = "1",
            },
            builder =>
            {
                builder.Logging.AddProvider(_log.ForRole()).SetMinimumLevel(LogLevel.Debug);
                builder.Services.AddSingleton<IStartupFilter, ThrowingRoutes>();
            });
        _member = await TestMember.SignInAsync(_product.Gateway);
    }

    public async Task DisposeAsync()
    {
        _member.Dispose();
        await _product.DisposeAsync();
        await _stripe.DisposeAsync();
        await _storage.DisposeAsync();
    }

    [Fact]
    public async Task A_bug_is_one_error_with_all_that_finds_it()
    {
        var answer = await _member.GetAsync(ThrowingRoutes.Bug);

        var line = _log.Lines.Where(each => each.Level >= LogLevel.Warning).ShouldHaveSingleItem();
        line.Category.ShouldBe(Place);
        line.Level.ShouldBe(LogLevel.Error);
        line.Facts["MemberId"].ShouldBe(_member.Id.ToString());
        line.Facts["Status"].ShouldBe("500");
        line.Facts["Code"].ShouldBe("internal_error");
        line.Facts["Method"].ShouldBe("GET");
        line.Facts["TraceId"].ShouldBe(answer.Json.GetProperty("traceId").GetString());
        line.Text.ShouldContain(nameof(ThrowingRoutes));
    }

    [Fact]
    public async Task A_neighbour_that_is_away_is_a_warning()
    {
        await _member.GetAsync(ThrowingRoutes.Database);

        _log.Lines.Where(each => each.Category == Place && each.Facts["Status"] == "503").ShouldHaveSingleItem()
            .Level.ShouldBe(LogLevel.Warning);
        _log.Lines.ShouldAllBe(each => each.Level < LogLevel.Error);
    }

    [Fact]
    public async Task A_purchase_that_failed_is_named()
    {
        var answer = await _member.PostAsync("/api/tokens/purchase", new { tokenAmount = 50, paymentMethodId = "pm_500" });

        answer.ShouldBeProblem(503, "payment_provider_unavailable");
        var line = _log.Lines.Where(each => each.Category == Place && each.Level == LogLevel.Warning).ShouldHaveSingleItem();
        line.Facts["Route"].ShouldBe("/api/tokens/purchase");
        line.Facts["Facts"].ShouldContain("purchaseId=" + answer.Json.GetProperty("purchaseId").GetString());
        _log.Lines.ShouldAllBe(each => each.Level < LogLevel.Error);
    }

    [Theory]
    [InlineData("GET", "/api/tokens/transactions?limit=x")]
    [InlineData("POST", "/api/tokens/tip")]
    [InlineData("DELETE", "/api/tokens")]
    [InlineData("GET", "/api/tokens/nowhere")]
    [InlineData("GET", "/api/tokens/admin/ledger/verify")]
    [InlineData("GET", ThrowingRoutes.Conflict)]
    public async Task What_is_a_clients_own_affair_alarms_nobody(string method, string path)
    {
        var answer = await _member.SendAsync(new HttpMethod(method), path, content: null);

        answer.Status.ShouldBeInRange(400, 499);
        _log.Lines.ShouldContain(each => each.Category == Place && each.Level == LogLevel.Debug);
        _log.Lines.ShouldAllBe(each => each.Level < LogLevel.Warning);
    }

    [Fact]
    public async Task Every_line_within_a_request_says_whose_it_is()
    {
        await _member.GetAsync("/api/tokens/transactions");

        var ofStorage = _log.Lines.Where(each => each.Category.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal)
            && each.Facts.GetValueOrDefault("RequestPath") == "/api/tokens/transactions").ToList();
        ofStorage.ShouldNotBeEmpty();
        ofStorage.ShouldAllBe(each => each.Facts["MemberId"] == _member.Id.ToString() && each.Facts["TraceId"].Length == 32);
    }
}

/// <summary>A card that is refused is no failure.</summary>
public sealed class DeclineLogTests
{
    [Fact]
    public async Task A_declined_card_alarms_nobody()
    {
        var log = new ScopedLog();
        await using var storage = Storage.Sqlite();
        await using var product = await RunningProduct.StartAsync(
            storage, prepare: builder => builder.Logging.AddProvider(log.ForRole()).SetMinimumLevel(LogLevel.Debug));
        using var member = await TestMember.SignInAsync(product.Gateway);

        foreach (var card in new[] { "pm_card_visa_chargeDeclined", "pm_card_chargeDeclinedExpiredCard", "pm_nobodys" })
        {
            Answer? refused = null;
            // On a busy machine Stripe's answer may come too late once.
            await Eventually.BecomesTrueAsync(
                async () =>
                {
                    refused = await member.PostAsync("/api/tokens/purchase", new { tokenAmount = 50, paymentMethodId = card });
                    return refused.Status < 500;
                },
                TimeSpan.FromMinutes(2),
                "the card is refused");

            refused!.Status.ShouldBeInRange(400, 402, refused.Text);
            var trace = refused.Json.GetProperty("traceId").GetString();
            var lines = log.Lines.Where(each => each.Facts.GetValueOrDefault("TraceId") == trace).ToList();
            lines.ShouldAllBe(each => each.Level < LogLevel.Warning);
        }
    }
}
