using System.ComponentModel.DataAnnotations;
using Tokens.Payments.Charging;

namespace Tokens.Payments.Tests.Charging;

public sealed class StripeOptionsTests
{
    [Theory]
    [InlineData("https://api.stripe.com", true)]
    [InlineData("http://127.0.0.1:8082", true)]
    [InlineData("http://localhost:8082", true)]
    [InlineData("http://api.stripe.com", false)]
    [InlineData("api.stripe.com", false)]
    [InlineData("ftp://127.0.0.1", false)]
    public void The_secret_key_travels_encrypted_or_not_at_all(string address, bool allowed) =>
        IsValid(new StripeOptions { SecretKey = "sk_test_1", ApiBase = address }).ShouldBe(allowed);

    [Fact]
    public void A_secret_key_is_required() => IsValid(new StripeOptions()).ShouldBeFalse();

    private static bool IsValid(StripeOptions options) =>
        Validator.TryValidateObject(options, new ValidationContext(options), [], validateAllProperties: true);
}
