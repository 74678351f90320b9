using System.Text;
using Tokens.Payments.Events;
using Tokens.Payments.Tests.Parts;

namespace Tokens.Payments.Tests.Events;

/// <summary>What the door takes in, and what it refuses.</summary>
public sealed class ReceiveStripeEventTests
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

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{ \"id\": ")]
    [InlineData("{ \"id\": 7, \"type\": \"payment_intent.succeeded\" }")]
    [InlineData("{ \"type\": \"payment_intent.succeeded\", \"data\": { \"object\": { \"object\": \"payment_intent\", \"amount\": \"much\" } } }")]
    public async Task A_signed_body_that_is_no_event_is_refused(string body)
    {
        await using var shop = await WebhookShop.OpenAsync(StorageKind.Sqlite);

        var answer = await Webhook.SendAsync(shop.Host.Client, body);

        answer.Status.ShouldBe(400);
        answer.Code.ShouldBe("invalid_request");
    }

    [Theory]
    [InlineData("\"id\": \"evt_1\"", "\"id\": \"\"")]
    [InlineData("\"id\": \"evt_1\"", "\"id\": \"evt_\\u0000\"")]
    [InlineData("\"id\": \"pi_test\"", "\"id\": \"\"")]
    [InlineData("\"currency\": \"usd\"", "\"currency\": \"dollars\"")]
    [InlineData("\"currency\": \"usd\"", "\"currency\": null")]
    public async Task An_event_that_lacks_what_its_row_needs_is_refused(string with, string without)
    {
        await using var shop = await WebhookShop.OpenAsync(StorageKind.Sqlite);
        var body = Webhook.Json(HandledEvents.Succeeded, Guid.NewGuid().ToString(), id: "evt_1")
            .Replace(with, without, StringComparison.Ordinal);

        var answer = await Webhook.SendAsync(shop.Host.Client, body);

        answer.Status.ShouldBe(400, answer.Text);
        (await shop.StoredAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Bytes_are_signed_not_characters()
    {
        await using var shop = await WebhookShop.OpenAsync(StorageKind.Sqlite);
        var good = Encoding.UTF8.GetBytes(Webhook.Succeeded(Guid.NewGuid(), "pi_1"));
        var broken = Encoding.Latin1.GetBytes(Webhook.Succeeded(Guid.NewGuid(), "pi_1").Replace("Za", "\u00FF", StringComparison.Ordinal));
        byte[] marked = [.. ByteOrderMark, .. good];

        (await Webhook.SendAsync(shop.Host.Client, marked, Webhook.Sign(good))).Status.ShouldBe(400, "the mark isn't signed");
        (await Webhook.SendAsync(shop.Host.Client, marked, Webhook.Sign(marked))).Status.ShouldBe(400, "JSON has no byte order mark");
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

    [Theory]
    [InlineData("payment_intent.created")]
    [InlineData("charge.refunded")]
    [InlineData("something.nobody.knows")]
    public async Task Another_type_is_acknowledged_and_not_kept(string type)
    {
        await using var shop = await WebhookShop.OpenAsync(StorageKind.Sqlite);
        await shop.SendAsync(Webhook.Json(type, Guid.NewGuid().ToString()));
        var ofAnotherKind = Webhook.Json(type, purchaseId: null)
            .Replace("\"object\": \"payment_intent\"", "\"object\": \"thing\"", StringComparison.Ordinal);
        await shop.SendAsync(ofAnotherKind);
        (await shop.StoredAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("order-7")]
    [InlineData("{00000000-0000-0000-0000-000000000001}")]
    public async Task A_payment_that_is_not_this_products_is_acknowledged_and_not_kept(string? purchaseId)
    {
        await using var shop = await WebhookShop.OpenAsync(StorageKind.Sqlite);
        await shop.SendAsync(Webhook.Json(HandledEvents.Succeeded, purchaseId));
        (await shop.StoredAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_is_taken_up_to_its_limit_and_not_a_byte_beyond(bool chunked)
    {
        const int Limit = 1024 * 1024;
        await using var shop = await WebhookShop.OpenAsync(StorageKind.Sqlite);
        var body = Webhook.Succeeded(Guid.NewGuid(), "pi_1");
        var fits = Encoding.UTF8.GetBytes(body + new string(' ', Limit - Encoding.UTF8.GetByteCount(body)));
        byte[] tooLarge = [.. fits, (byte)' '];

        (await SendAsync(fits)).ShouldBe(200);
        (await SendAsync(tooLarge)).ShouldBe(413);

        async Task<int> SendAsync(byte[] bytes)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Webhook.Path) { Content = new ByteArrayContent(bytes) };
            request.Headers.TransferEncodingChunked = chunked;
            request.Headers.ExpectContinue = true;
            request.Headers.Add("Stripe-Signature", Webhook.Sign(bytes));
            using var response = await shop.Host.Client.SendAsync(request);
            return (int)response.StatusCode;
        }
    }

    [Fact]
    public async Task What_became_of_each_event_is_counted_without_its_ids()
    {
        await using var shop = await WebhookShop.OpenAsync(StorageKind.Sqlite);
        using var counts = new Counts(shop.Host.Services);
        var body = Webhook.Succeeded(Guid.NewGuid(), "pi_1");

        await shop.SendAsync(body);
        await shop.SendAsync(body);
        await shop.SendAsync(Webhook.Json("charge.refunded", purchaseId: null));
        await Webhook.SendAsync(shop.Host.Client, body, signature: null);

        counts.Of(PaymentsMetrics.EventsName).ShouldBe(
            [
                "result=duplicate,type=payment_intent.succeeded: 1",
                "result=ignored,type=other: 1",
                "result=refused,type=other: 1",
                "result=stored,type=payment_intent.succeeded: 1",
            ]);
    }
}
