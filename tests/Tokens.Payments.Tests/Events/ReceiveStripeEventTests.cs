using System.Text;
using Tokens.Payments.Events;
using Tokens.Payments.Tests.Parts;

namespace Tokens.Payments.Tests.Events;

/// <summary>What the door takes in, and what it refuses.</summary>
public sealed class ReceiveStripeEventTests
{
    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{ \"id\": ")]
    [InlineData("{ \"id\": 7, \"type\": \"payment_intent.succeeded\" }")]
    [InlineData("{ \"type\": \"payment_intent.succeeded\", \"data\": { \"object\": { \"object\": \"payment_intent\", \"amount\": \"much\" } } }")]
    [InlineData("""{ "id": "evt_2", "object": "v2.core.event", "type": "v2.core.account.updated", "created": "2026-11-30T09:00:00.000Z", "data": { "object": null } }""")]
    public async Task A_signed_body_of_an_unknown_shape_is_acknowledged_and_counted(string body)
    {
        await using var shop = await WebhookShop.OpenAsync(StorageKind.Sqlite);
        using var counts = new Counts(shop.Host.Services);

        var answer = await Webhook.SendAsync(shop.Host.Client, body);

        answer.Status.ShouldBe(200, answer.Text);
        counts.Of(PaymentsMetrics.EventsName).ShouldBe(["result=ignored,type=other: 1"]);
        (await shop.StoredAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\"id\": \"evt_1\"", "\"id\": \"\"")]
    [InlineData("\"id\": \"evt_1\"", "\"id\": \"evt_\\u0000\"")]
    [InlineData("\"id\": \"pi_test\"", "\"id\": \"\"")]
    [InlineData("\"currency\": \"usd\"", "\"currency\": \"dollars\"")]
    [InlineData("\"currency\": \"usd\"", "\"currency\": null")]
    public async Task An_event_that_lacks_what_its_row_needs_is_acknowledged_and_not_kept(string with, string without)
    {
        await using var shop = await WebhookShop.OpenAsync(StorageKind.Sqlite);
        var body = Webhook.Json(HandledEvents.Succeeded, Guid.NewGuid().ToString(), id: "evt_1")
            .Replace(with, without, StringComparison.Ordinal);

        var answer = await Webhook.SendAsync(shop.Host.Client, body);

        answer.Status.ShouldBe(200, answer.Text);
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
