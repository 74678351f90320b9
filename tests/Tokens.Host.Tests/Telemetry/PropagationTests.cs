using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tokens.Host.Tests.Running;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Telemetry;

/// <summary>What other companies are told of a client's and the product's own traces: nothing.</summary>
public sealed class PropagationTests
{
    private static readonly string[] TraceHeaders = ["traceparent", "tracestate", "baggage", "Correlation-Context", "Request-Id"];

    [Fact]
    public async Task Stripe_and_the_sign_in_authority_are_sent_no_trace_context()
    {
        var seen = new ConcurrentBag<string>();
        await using var stripe = await AlwaysFailingAsync(seen);
        await using var authority = await Authority.StartAsync();
        await using var storage = Storage.Sqlite();
        await using var product = await RunningProduct.StartAsync(storage, new Dictionary<string, string?>
        {
            ["JWT_AUTHORITY"] = authority.Url,
            ["STRIPE_SECRET_KEY"] = "sk_test_elsewhere",
            ["STRIPE_API_BASE"] = stripe.Urls.Single(),
            ["Resilience:Stripe:RetriesMax"] = "0",
        });
        using var client = new HttpClient { BaseAddress = product.Gateway };
        client.DefaultRequestHeaders.Authorization = new("Bearer", authority.Sign(Jwt.Claims()));
        client.DefaultRequestHeaders.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        client.DefaultRequestHeaders.Add("tracestate", "vendor=stranger");
        client.DefaultRequestHeaders.Add("baggage", "user=stranger");
        using var body = new StringContent("""{"tokenAmount":50,"paymentMethodId":"pm_card_visa"}""", System.Text.Encoding.UTF8, "application/json");

        (await Answer.ReadAsync(await client.PostAsync("/api/tokens/purchase", body))).ShouldBeProblem(503, "payment_provider_unavailable");

        seen.ShouldContain("Stripe-Version");
        seen.ShouldAllBe(name => !TraceHeaders.Contains(name, StringComparer.OrdinalIgnoreCase));
        authority.HeaderNames.Keys.ShouldContain("Host");
        authority.HeaderNames.Keys.ShouldAllBe(name => !TraceHeaders.Contains(name, StringComparer.OrdinalIgnoreCase));
    }

    private static async Task<WebApplication> AlwaysFailingAsync(ConcurrentBag<string> headers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context =>
        {
            foreach (var name in context.Request.Headers.Keys)
            {
                headers.Add(name);
            }

            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        });
        await app.StartAsync();
        return app;
    }
}
