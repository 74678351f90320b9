using Stripe;
using Tokens.Payments.Charging;
using Tokens.Payments.Tests.Parts;

namespace Tokens.Payments.Tests.Charging;

public sealed class StripeConnectionTests
{
    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public async Task A_path_follows_the_address_behind_one_slash(string end)
    {
        await using var server = await WireServer.AnsweringAsync(200, """{ "id": "pi_1" }""");
        using var connection = new StripeConnection(new StripeOptions { SecretKey = "sk_test_wire", ApiBase = server.Address + end });

        await new PaymentIntentService(connection.Client).GetAsync("pi_1");

        server.Requests.ShouldHaveSingleItem().Target.ShouldBe("/v1/payment_intents/pi_1");
    }
}
