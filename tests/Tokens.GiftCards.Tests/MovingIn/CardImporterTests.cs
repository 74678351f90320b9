using System.Text.Json;
using Tokens.GiftCards.Redemptions;
using Tokens.GiftCards.Tests.Parts;
using Tokens.Platform.Importing;
using Tokens.Testing.Products;

namespace Tokens.GiftCards.Tests.MovingIn;

public sealed class CardImporterTests
{
    private readonly Guid _buyer = Guid.CreateVersion7();

    [Fact]
    public async Task A_card_is_valid_to_the_end_of_the_day_on_which_it_expires()
    {
        await using var storage = Storage.Sqlite();
        await using var host = await GiftCardsHost.OpenAsync(storage);
        var today = host.Clock.GetUtcNow().UtcDateTime.Date;

        (await ImportAsync(host, Line("c1", "0123456789abcdef", today.ToString("yyyy-MM-dd")))).Fate.ShouldBe(LineFate.Taken);

        var card = (await host.CardsAsync()).ShouldHaveSingleItem();
        card.ExpiresAt.ShouldBe(today.AddDays(1));
        card.IsRedeemable(today.AddDays(1).AddMilliseconds(-1)).ShouldBeTrue();
        card.IsRedeemable(today.AddDays(1)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("0123456789ABCDEF")]
    [InlineData("0123-4567-89ab-cdef")]
    [InlineData(" 01234567\u201189ABCDEF ")]
    public async Task A_code_is_taken_over_however_it_is_written(string written)
    {
        await using var storage = Storage.Sqlite();
        await using var host = await GiftCardsHost.OpenAsync(storage);

        (await ImportAsync(host, Line("c1", written, "2999-01-01"))).Fate.ShouldBe(LineFate.Taken);

        (await host.RedeemAsync(Guid.CreateVersion7(), "0123456789abcdef")).ShouldBeOfType<RedeemOutcome.Redeemed>();
    }

    [Theory]
    [InlineData("0123456789abcde", "code must be 16 hexadecimal digits.")]
    [InlineData("0f8fad5b-d9cb-469f-a165-70867728950e", "code must be 16 hexadecimal digits.")]
    [InlineData("", "code is required.")]
    public async Task Another_code_is_refused_and_not_repeated(string code, string reason)
    {
        await using var storage = Storage.Sqlite();
        await using var host = await GiftCardsHost.OpenAsync(storage);

        (await ImportAsync(host, Line("c1", code, "2999-01-01"))).ShouldBe(LineVerdict.Refused(reason));
    }

    [Fact]
    public async Task Empty_optional_fields_count_as_missing()
    {
        await using var storage = Storage.Sqlite();
        await using var host = await GiftCardsHost.OpenAsync(storage);

        (await ImportAsync(host, Line("c1", "0123456789abcdef", "2999-01-01", ""","message":"","status":"" """))).Fate.ShouldBe(LineFate.Taken);

        (await host.CardsAsync()).ShouldHaveSingleItem().Message.ShouldBeNull();
    }

    private static async Task<LineVerdict> ImportAsync(GiftCardsHost host, string line)
    {
        var verdicts = await host.Get<ILineImporter>().TakeAsync([JsonElement.Parse(line)], isDryRun: false, CancellationToken.None);
        return verdicts.ShouldHaveSingleItem();
    }

    private string Line(string id, string code, string expiresAt, string more = "") =>
        $$"""{"kind":"gift_card","id":"{{id}}","memberId":"{{_buyer}}","code":"{{code}}","tokens":60,"createdAt":"2026-01-01","expiresAt":"{{expiresAt}}"{{more}}}""";
}
