using System.Net.Http.Json;
using Tokens.Payments.Tests.Parts;
using Tokens.Platform.Deliveries;

namespace Tokens.Payments.Tests.Purchases;

/// <summary>Behind a gateway that confirms deliveries, an answer counts as told when the gateway says so, and not before.</summary>
[Collection(Alone.Name)]
public sealed class UnconfirmedAnswerTests
{
    private static readonly (string Name, string Value) ShortMark = ("Payments:AnswerMarkMilliseconds", "200");

    public static TheoryData<StorageKind> Kinds => new(StorageKind.Sqlite, StorageKind.Postgres);

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Without_a_confirmation_an_equal_order_is_the_same_purchase(StorageKind kind)
    {
        await using var shop = await Shop.OpenAsync(kind, ShortMark);
        var first = await BuyAsync(shop);

        var repeat = await BuyAsync(shop);

        repeat.ShouldBe(first);
        shop.Stripe.Charges.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task After_its_confirmation_an_equal_order_is_another_purchase(StorageKind kind)
    {
        await using var shop = await Shop.OpenAsync(kind);
        var first = await BuyAsync(shop);
        (await ConfirmAsync(shop, first, fromGateway: true)).ShouldBe(204);
        (await ConfirmAsync(shop, first, fromGateway: true)).ShouldBe(204);

        var second = await BuyAsync(shop);

        second.ShouldNotBe(first);
        shop.Stripe.Charges.ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_equal_order_that_comes_before_the_confirmation_waits_for_it(StorageKind kind)
    {
        await using var shop = await Shop.OpenAsync(kind, ("Payments:AnswerMarkMilliseconds", "2000"));
        var first = await BuyAsync(shop);
        var second = BuyAsync(shop);

        (await ConfirmAsync(shop, first, fromGateway: true)).ShouldBe(204);

        (await second).ShouldNotBe(first);
        shop.Stripe.Charges.ShouldBe(2);
    }

    [Fact]
    public async Task A_repeats_answer_is_waited_for_on_another_host_too()
    {
        var patient = ("Payments:AnswerMarkMilliseconds", "2000");
        await using var shop = await Shop.OpenAsync(StorageKind.Postgres, patient);
        var other = await shop.AddHostAsync(patient);
        var first = await BuyAsync(shop);
        await shop.AgeAsync(first, TimeSpan.FromMinutes(1));
        (await BuyAsync(shop)).ShouldBe(first, "the first answer was lost");

        var second = BuyAsync(shop, other);
        (await ConfirmAsync(shop, first, fromGateway: true)).ShouldBe(204);

        (await second).ShouldNotBe(first);
    }

    [Fact]
    public async Task Only_a_trusted_gateway_may_confirm()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite, ShortMark);
        var first = await BuyAsync(shop);

        (await ConfirmAsync(shop, first, fromGateway: false)).ShouldBe(404);

        (await BuyAsync(shop)).ShouldBe(first);
    }

    /// <summary>Buys through a gateway, and returns the receipt, which is the purchase's id.</summary>
    private static async Task<Guid> BuyAsync(Shop shop, PaymentsHost? host = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tokens/purchase")
        {
            Content = JsonContent.Create(new { tokenAmount = 50, paymentMethodId = "pm_card_visa" }),
        };
        request.Headers.Add("X-Member", shop.MemberId.ToString());
        request.Headers.Add(DeliveryProtocol.OfferHeader, "1");
        using var response = await (host ?? shop.Host).Client.SendAsync(request);
        response.IsSuccessStatusCode.ShouldBeTrue();
        return Guid.Parse(response.Headers.GetValues(DeliveryProtocol.ReceiptHeader).Single());
    }

    private static async Task<int> ConfirmAsync(Shop shop, Guid receipt, bool fromGateway)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{DeliveryProtocol.Path}/{receipt}");
        if (fromGateway)
        {
            request.Headers.Add(DeliveryProtocol.OfferHeader, "0");
        }

        using var response = await shop.Host.Client.SendAsync(request);
        return (int)response.StatusCode;
    }
}
