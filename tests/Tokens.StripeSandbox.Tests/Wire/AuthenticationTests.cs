using System.Net.Http.Headers;
using System.Text;
using Tokens.StripeSandbox.Tests.Running;

namespace Tokens.StripeSandbox.Tests.Wire;

public sealed class AuthenticationTests
{
    [Theory]
    [InlineData(null, "You did not provide an API key")]
    [InlineData("Bearer", "You did not provide an API key")]
    [InlineData("Digest sk_test_1", "You did not provide an API key")]
    [InlineData("Basic not-base64!", "You did not provide an API key")]
    [InlineData("Bearer sk_live_1234567890", "Invalid API Key provided: sk_live_******7890")]
    [InlineData("Bearer pk_test_1", "Invalid API Key provided: *********")]
    public async Task A_wrong_key_gets_401_in_Stripes_words(string? authorization, string message)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, StripeCaller.Intents);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization).ShouldBeTrue();
        }

        var refused = await sandbox.Caller.SendWithoutKeyAsync(request);

        refused.ShouldBeRefused(401, null, null);
        refused.String("error", "message")!.ShouldStartWith(message);
        refused.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer realm=\"Stripe\"");
        refused.Headers.Contains("Request-Id").ShouldBeTrue();
    }

    [Fact]
    public async Task Basic_with_the_key_as_user_is_the_same_caller_as_bearer()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var first = await sandbox.Caller.PostAsync(StripeCaller.Intents, "amount=500&currency=usd", "order-1");
        var basic = new HttpRequestMessage(HttpMethod.Post, StripeCaller.Intents)
        {
            Content = new StringContent("amount=500&currency=usd", Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        basic.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(sandbox.Caller.ApiKey + ":")));
        basic.Headers.Add("Idempotency-Key", "order-1");

        var again = await sandbox.Caller.SendAsync(basic);

        again.Replayed.ShouldBeTrue();
        again.Text.ShouldBe(first.Text);
    }
}
