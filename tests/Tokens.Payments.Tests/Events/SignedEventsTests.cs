using System.Text;
using Tokens.Payments.Tests.Parts;

namespace Tokens.Payments.Tests.Events;

/// <summary>Only what Stripe has signed, lately and byte for byte, is believed.</summary>
public sealed class SignedEventsTests
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    public static TheoryData<string, Func<string, string?>> WrongSignatures => new()
    {
        { "none", _ => null },
        { "empty", _ => "" },
        { "not a signature", _ => "hello" },
        { "no time", body => Webhook.Sign(body)[Webhook.Sign(body).IndexOf("v1", StringComparison.Ordinal)..] },
        { "no signature", body => Webhook.Sign(body)[..Webhook.Sign(body).IndexOf(',', StringComparison.Ordinal)] },
        { "a time that is no number", _ => "t=soon,v1=00" },
        { "a time beyond all numbers", _ => "t=99999999999999999999,v1=00" },
        { "another body's", body => Webhook.Sign(body + " ") },
        { "another secret's", body => Webhook.Sign(body, "whsec_forged") },
        { "too old", body => Webhook.Sign(body, age: TimeSpan.FromSeconds(305)) },
        { "from the future", body => Webhook.Sign(body, age: TimeSpan.FromSeconds(-305)) },
        { "of another scheme", body => Webhook.Sign(body).Replace("v1=", "v0=", StringComparison.Ordinal) },
        { "in capitals", body => Webhook.Sign(body).ToUpperInvariant().Replace("T=", "t=").Replace("V1=", "v1=") },
        { "cut short", body => Webhook.Sign(body)[..^1] },
    };

    [Theory]
    [MemberData(nameof(WrongSignatures))]
    public async Task A_signature_that_does_not_fit_is_refused(string _, Func<string, string?> sign)
    {
        await using var shop = await WebhookShop.OpenAsync(StorageKind.Sqlite);
        var body = (await shop.OpenPurchaseAsync()).Paid();

        var answer = await Webhook.SendAsync(shop.Host.Client, body, sign(body));

        answer.Status.ShouldBe(400);
        answer.Code.ShouldBe("invalid_request");
        (await shop.StoredAsync()).ShouldBeEmpty();
        (await shop.SendAsync(body)).ShouldNotBeEmpty("the same event well signed is taken");
    }

    [Fact]
    public async Task Bytes_are_signed_not_characters()
    {
        await using var shop = await WebhookShop.OpenAsync(StorageKind.Sqlite);
        var good = Encoding.UTF8.GetBytes(Webhook.Succeeded(Guid.NewGuid(), "pi_1"));
        var broken = Encoding.Latin1.GetBytes(Webhook.Succeeded(Guid.NewGuid(), "pi_1").Replace("Za", "\u00FF", StringComparison.Ordinal));
        byte[] marked = [.. ByteOrderMark, .. good];

        (await Webhook.SendAsync(shop.Host.Client, marked, Webhook.Sign(good))).Status.ShouldBe(400, "the mark isn't signed");
        (await Webhook.SendAsync(shop.Host.Client, marked, Webhook.Sign(marked))).Status.ShouldBe(200, "it is signed, though JSON has no byte order mark");
        (await Webhook.SendAsync(shop.Host.Client, broken, Webhook.Sign(broken))).Status.ShouldBe(400, "it isn't UTF-8");
        (await shop.StoredAsync()).ShouldBeEmpty();
        (await Webhook.SendAsync(shop.Host.Client, good, Webhook.Sign(good))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task One_of_several_signatures_is_enough()
    {
        await using var shop = await WebhookShop.OpenAsync(StorageKind.Sqlite);
        var body = Webhook.Succeeded(Guid.NewGuid(), "pi_1");
        var own = Webhook.Sign(body);
        var other = Webhook.Sign(body, Webhook.OtherSecret).Split(',')[1];

        (await Webhook.SendAsync(shop.Host.Client, body, $"{own},{other},v0=old")).Status.ShouldBe(200);
        (await Webhook.SendAsync(shop.Host.Client, body, $"{own.Split(',')[0]}, {other}, {own.Split(',')[1]}")).Status.ShouldBe(200);
        (await Webhook.SendAsync(shop.Host.Client, body, $"{own.Split(',')[0]},{other},{other}")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task While_secrets_rotate_both_are_believed()
    {
        await using var shop = await WebhookShop.OpenAsync(
            StorageKind.Sqlite, ("STRIPE_WEBHOOK_SECRET", $" {Webhook.Secret} , {Webhook.OtherSecret}, "));

        foreach (var secret in new[] { Webhook.Secret, Webhook.OtherSecret })
        {
            var body = Webhook.Succeeded(Guid.NewGuid(), "pi_1");
            (await Webhook.SendAsync(shop.Host.Client, body, Webhook.Sign(body, secret))).Status.ShouldBe(200);
        }

        var forged = Webhook.Succeeded(Guid.NewGuid(), "pi_1");
        (await Webhook.SendAsync(shop.Host.Client, forged, Webhook.Sign(forged, ""))).Status.ShouldBe(400);
        (await shop.StoredAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Without_a_secret_nothing_is_believed()
    {
        await using var shop = await WebhookShop.OpenAsync(StorageKind.Sqlite, ("STRIPE_WEBHOOK_SECRET", ""));
        var body = Webhook.Succeeded(Guid.NewGuid(), "pi_1");

        (await Webhook.SendAsync(shop.Host.Client, body)).Status.ShouldBe(400);
        (await Webhook.SendAsync(shop.Host.Client, body, Webhook.Sign(body, ""))).Status.ShouldBe(400);
        (await shop.StoredAsync()).ShouldBeEmpty();
    }
}
