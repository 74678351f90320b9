using Tokens.GiftCards.Tests.Parts;
using Tokens.Testing;
using Tokens.Testing.Products;

namespace Tokens.GiftCards.Tests.Redemptions;

/// <summary>Of all who want a card's tokens at the same moment one gets them, on one host and over two.</summary>
public abstract class RedeemRaceTests
{
    private const int AtOnce = 16;

    [Fact]
    public Task A_hundred_members_and_one_code_are_one_success() => OneSucceedsAsync(100);

    [Fact]
    [Trait(Form.Trait, Form.Extended)]
    public Task Five_hundred_members_and_one_code_are_one_success() => OneSucceedsAsync(500);

    private protected abstract int HostCount { get; }

    private protected abstract Task<Storage> OpenStorageAsync();

    private async Task OneSucceedsAsync(int count)
    {
        await using var storage = await OpenStorageAsync();
        await using var products = await Hosts.StartAsync(storage, HostCount);
        using var buyer = await TestMember.SignInAsync(products[0].Gateway);
        await products.GiveAsync(buyer, 1_000);
        var members = new TestMember[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
            members[i] = await TestMember.SignInAsync(products[i % HostCount].Gateway));
        var card = await buyer.BuyCardAsync(700);

        var answers = await Task.WhenAll(members.Select(member => member.RedeemAsync(card.Code)));

        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        var refusals = answers.Where(answer => answer.Status != 200).ToList();
        refusals.ForEach(refusal => refusal.ShouldBeNotFound());
        refusals.Select(refusal => refusal.Json.GetProperty("detail").GetString()).Distinct().ShouldHaveSingleItem();
        var winner = members[Array.FindIndex(answers, answer => answer.Status == 200)];
        (await winner.BalanceAsync()).ShouldBe(700);
        (await buyer.BalanceAsync()).ShouldBe(300);
        await products.LedgerShouldBeCleanAsync();
        Array.ForEach(members, member => member.Dispose());
    }
}

public sealed class RedeemRaceOnSqliteTests : RedeemRaceTests
{
    private protected override int HostCount => 1;

    private protected override Task<Storage> OpenStorageAsync() => Task.FromResult(Storage.Sqlite());
}

public sealed class RedeemRaceOverTwoHostsTests : RedeemRaceTests
{
    private protected override int HostCount => 2;

    private protected override Task<Storage> OpenStorageAsync() => Storage.PostgresAsync();
}
