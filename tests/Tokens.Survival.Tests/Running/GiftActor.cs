using Microsoft.Data.Sqlite;
using Npgsql;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Testing.Running;

namespace Tokens.Survival.Tests.Running;

/// <summary>A member with a friend, whose gift card or gift is interrupted at a fail point.</summary>
internal sealed class GiftActor : IDisposable
{
    private const long Start = 1_000;
    private const long Amount = 100;
    private const string Key = "one-key";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(90);
    private readonly Installation _installation;
    private readonly FailingProduct _product;
    private readonly TestMember _buyer;
    private readonly TestMember _friend;
    private readonly string _point;
    private Guid _card;
    private string _code = "";
    private long _brought;

    private GiftActor(Installation installation, FailingProduct product, TestMember buyer, TestMember friend, string point) =>
        (_installation, _product, _buyer, _friend, _point) = (installation, product, buyer, friend, point);

    internal static async Task<GiftActor> BeginAsync(Installation installation, FailingProduct product, TestMember admin, string point)
    {
        var buyer = await Members.WithTokensAsync(installation.Gateway, admin, Start);
        return new GiftActor(installation, product, buyer, await TestMember.SignInAsync(installation.Gateway), point);
    }

    internal Task IssuesAsync() => DiesAsync(() => IssueAsync(Key));

    internal async Task IssuesInTwoRunsAsync()
    {
        // Of a card that is given up, the first run leaves it so, and the second one dies at the point.
        await CallAsync("CardPaid", () => IssueAsync(Key));
        await _product.FailAgainAtAsync(_point);
        await _product.ComeBackAsync();
    }

    internal async Task HasTheTokensBackAsync()
    {
        await BalanceBecomesAsync(_buyer, Start);
        (await CardsAsync()).ShouldBeEmpty(_point);
    }

    internal async Task IssuesAnewAsync()
    {
        await HasTheTokensBackAsync();

        (await IssueAsync(Key)).Status.ShouldBe(200, _point);
        (await _buyer.BalanceAsync()).ShouldBe(Start - Amount, _point);
    }

    internal async Task HasTheCardAsync()
    {
        var answer = await IssueAsync(Key);

        answer.IsReplay.ShouldBeTrue(answer.Text);
        (await _buyer.BalanceAsync()).ShouldBe(Start - Amount, _point);
        (await RedeemAsync(answer.Json.GetProperty("giftCardCode").GetString()!)).Status.ShouldBe(200, _point);
    }

    internal async Task RedeemsAsync()
    {
        await BuyAsync();
        await DiesAsync(() => RedeemAsync(_code));
    }

    internal async Task HasRedeemedOnceAsync()
    {
        await BalanceBecomesAsync(_friend, Amount);

        var again = await RedeemAsync(_code);
        again.Status.ShouldBe(200, $"{_point}: {again.Text}");
        again.IsReplay.ShouldBeTrue(_point);
        (await _friend.BalanceAsync()).ShouldBe(Amount, _point);
    }

    internal async Task CancelsAsync()
    {
        await BuyAsync();
        await DiesAsync(CancelAsync);
    }

    internal async Task HasCancelledOnceAsync()
    {
        await BalanceBecomesAsync(_buyer, Start);

        (await CancelAsync()).Status.ShouldBe(200, _point);
        (await _buyer.BalanceAsync()).ShouldBe(Start, _point);
    }

    internal async Task HasACardExpireAsync()
    {
        await BuyAsync();
        _product.FailAt(_point);
        await LetExpireAsync(_card);
        await _product.ComeBackAsync();
    }

    internal async Task HasExpiredOnceAsync()
    {
        await BecomesAsync(async () => (await CardsAsync()).Single() is ("expired", _), "the card has expired");
        await BalanceBecomesAsync(_buyer, Start);
        (await CancelAsync()).Status.ShouldBe(409, _point);
    }

    /// <summary>The import dies; the next host goes on with the card.</summary>
    internal async Task BringsACardAsync(string code)
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "old.ndjson");
        await File.WriteAllTextAsync(
            file,
            $$"""{"kind":"gift_card","id":"{{_point}}","memberId":"{{_buyer.Id}}","code":"{{code}}","tokens":{{Amount}},"createdAt":"2026-01-01","expiresAt":"2999-01-01"}""");
        _product.FailAt(_point);
        await _product.ReplaceAsync("--import", file);
        await _product.ComeBackAsync();
    }

    internal async Task HasBroughtOnceAsync(string code)
    {
        _brought = Amount;
        await BecomesAsync(async () => (await CardsAsync()) is [("active", Amount)], "the card is active");
        (await RedeemAsync(code)).Status.ShouldBe(200, _point);
        (await _friend.BalanceAsync()).ShouldBe(Amount, _point);
    }

    internal Task GivesAsync() => DiesAsync(GiveAsync);

    internal async Task HasGivenOnceAsync(bool isPosted)
    {
        if (isPosted)
        {
            await BecomesAsync(
                async () => (await _friend.GetAsync("/api/tokens/gifts?type=received")).Json.GetProperty("total").GetInt32() == 1,
                "the gift is sent");
        }

        var again = await GiveAsync();

        again.Status.ShouldBe(200, $"{_point}: {again.Text}");
        (await _friend.BalanceAsync()).ShouldBe(Amount, _point);
        (await _buyer.BalanceAsync()).ShouldBe(Start - Amount, _point);
    }

    internal async Task NothingIsLostAsync()
    {
        var onCards = (await CardsAsync()).Where(card => card.Status == "active").Sum(card => card.Tokens);
        (await _buyer.BalanceAsync() + await _friend.BalanceAsync() + onCards).ShouldBe(Start + _brought, _point);
    }

    public void Dispose()
    {
        _buyer.Dispose();
        _friend.Dispose();
    }

    private Task<Answer> IssueAsync(string? key) => _buyer.PostAsync("/api/tokens/gift-card", new { tokenAmount = Amount }, key);

    private Task<Answer> RedeemAsync(string code) => _friend.PostAsync("/api/tokens/redeem-gift-card", new { giftCardCode = code }, Key);

    private Task<Answer> CancelAsync() => _buyer.SendAsync(HttpMethod.Delete, $"/api/tokens/gift-cards/{_card}", content: null);

    private Task<Answer> GiveAsync() => _buyer.PostAsync("/api/tokens/gift", new { recipientId = _friend.Id, tokenAmount = Amount }, Key);

    private async Task BuyAsync()
    {
        var answer = await IssueAsync(key: null);
        answer.Status.ShouldBe(200, $"{_point}: {answer.Text}");
        _card = answer.Json.GetProperty("giftCardId").GetGuid();
        _code = answer.Json.GetProperty("giftCardCode").GetString()!;
    }

    private async Task<List<(string Status, long Tokens)>> CardsAsync() =>
        [.. (await _buyer.GetAsync("/api/tokens/gift-cards")).Json.GetProperty("giftCards").EnumerateArray()
            .Select(card => (card.GetProperty("status").GetString()!, card.GetProperty("tokenAmount").GetInt64()))];

    /// <summary>Moves the card's end into the past, as waiting for it would.</summary>
    private async Task LetExpireAsync(Guid card)
    {
        if (_installation.Settings["DATABASE_URL"] is { Length: > 0 } database)
        {
            await using var source = NpgsqlDataSource.Create(database);
            await using var update = source.CreateCommand("UPDATE giftcards.cards SET expires_at = '2020-01-01' WHERE id = $1");
            update.Parameters.AddWithValue(card);
            await update.ExecuteNonQueryAsync();
            return;
        }

        var file = Path.Combine(_installation.DataDirectory, "giftcards.db");
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE cards SET expires_at = 0 WHERE id = $card";
        command.Parameters.AddWithValue("$card", card.ToByteArray(bigEndian: true));
        await command.ExecuteNonQueryAsync();
    }

    private async Task DiesAsync(Func<Task<Answer>> call)
    {
        await CallAsync(_point, call);
        await _product.ComeBackAsync();
    }

    /// <summary>The call's host dies at the point; its gateway too, so no answer comes.</summary>
    private async Task CallAsync(string point, Func<Task<Answer>> call)
    {
        _product.FailAt(point);
        await Should.ThrowAsync<HttpRequestException>(call, _point);
    }

    private Task BalanceBecomesAsync(TestMember member, long tokens) =>
        BecomesAsync(async () => await member.BalanceAsync() == tokens, $"the balance is {tokens}");

    private Task BecomesAsync(Func<Task<bool>> condition, string what) =>
        Eventually.BecomesTrueAsync(condition, Soon, $"killed at {_point}, {what}");
}
