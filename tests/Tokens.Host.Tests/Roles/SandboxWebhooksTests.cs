using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tokens.Host.Tests.Running;
using Tokens.Testing;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Roles;

public sealed class SandboxWebhooksTests
{
    private static readonly TimeSpan Deadline = Eventually.Deadline;

    [Fact]
    public async Task In_Development_the_sandbox_tells_its_own_gateway_and_shares_a_secret_with_the_API()
    {
        await using var storage = Storage.Sqlite();
        await using var product = await RunningProduct.StartAsync(storage);

        product.Services.GetRequiredService<IConfiguration>()["STRIPE_WEBHOOK_SECRET"].ShouldNotBeNull().ShouldMatch("^whsec_[0-9A-Za-z]{32}$");
        await MakeEventAsync(product.Sandbox);

        // Whatever the gateway answers, it has been told.
        await Eventually.BecomesTrueAsync(
            async () => await OverviewAsync(product.Sandbox) is var page && (page.Contains("answered ") || page.Contains(">received</span>")),
            Deadline,
            "The gateway has answered a webhook.");
    }

    [Fact]
    public async Task A_named_receiver_is_told_instead_and_the_first_of_several_secrets_signs()
    {
        var told = new TaskCompletionSource<(string Signature, byte[] Body)>();
        await using var receiver = await ReceiverAsync(told);
        await using var storage = Storage.Sqlite();
        await using var product = await RunningProduct.StartAsync(storage, new Dictionary<string, string?>
        {
            ["SANDBOX_WEBHOOK_URL"] = receiver.Urls.Single() + "/told",
            ["STRIPE_WEBHOOK_SECRET"] = " whsec_first , whsec_second",
        });

        await MakeEventAsync(product.Sandbox);

        var (signature, body) = await told.Task.WaitAsync(Deadline, TimeProvider.System);
        var moment = signature.Split(',')[0]["t=".Length..];
        signature.ShouldBe(StripeSignature.Header(body, "whsec_first", moment));
        product.Services.GetRequiredService<IConfiguration>()["STRIPE_WEBHOOK_SECRET"].ShouldBe(" whsec_first , whsec_second");
    }

    [Theory]
    [InlineData("localhost:8080/webhooks/stripe")]
    [InlineData("/webhooks/stripe")]
    [InlineData("ftp://localhost/webhooks")]
    public async Task An_address_that_is_none_is_refused(string url)
    {
        var message = await Starts.RefusalAsync("Development", new Dictionary<string, string?> { ["SANDBOX_WEBHOOK_URL"] = url });

        message.ShouldStartWith("SANDBOX_WEBHOOK_URL");
    }

    private static async Task MakeEventAsync(Uri sandbox)
    {
        using var stripe = new HttpClient { BaseAddress = sandbox };
        stripe.DefaultRequestHeaders.Authorization = new("Bearer", "sk_test_of_the_test");
        using var form = new FormUrlEncodedContent([new("amount", "1900"), new("currency", "usd")]);
        (await stripe.PostAsync("/v1/payment_intents", form)).IsSuccessStatusCode.ShouldBeTrue();
    }

    private static async Task<string> OverviewAsync(Uri sandbox)
    {
        using var browser = new HttpClient { BaseAddress = sandbox };
        return await browser.GetStringAsync("/sandbox");
    }

    private static async Task<WebApplication> ReceiverAsync(TaskCompletionSource<(string Signature, byte[] Body)> told)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        var receiver = builder.Build();
        receiver.Urls.Add("http://127.0.0.1:0");
        receiver.MapPost("/told", async (HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            told.TrySetResult((context.Request.Headers["Stripe-Signature"].ToString(), body.ToArray()));
        });
        await receiver.StartAsync();
        return receiver;
    }
}
