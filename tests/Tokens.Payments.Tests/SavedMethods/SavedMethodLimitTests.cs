using Tokens.Testing.Products;
using static Tokens.Payments.Tests.SavedMethods.MemberMethods;
using Answer = Tokens.Testing.Products.Answer;

namespace Tokens.Payments.Tests.SavedMethods;

/// <summary>The limit of kept payment methods, alike for setups and purchases, and what is kept beyond it.</summary>
public abstract class SavedMethodLimitTests(ProductFixture fixture)
{
    [Fact]
    public async Task No_more_are_saved_than_allowed_by_setup_or_by_purchase()
    {
        using var member = await fixture.SignInAsync();
        foreach (var card in Cards.Take(5))
        {
            await KeepAsync(member, card);
        }

        foreach (var card in Cards[5..10])
        {
            await member.BuyAsync(card, saves: true, 200);
        }

        var kept = await member.ListMethodsAsync();
        kept.Select(method => method.IsDefault).ShouldBe([true, .. Enumerable.Repeat(false, 9)]);

        var setup = await member.SetUpAsync();
        (setup.Status, setup.Code, setup.Title).ShouldBe((409, "conflict", "Too many payment methods"));
        (await member.BuyAsync(Cards[10], saves: true, 409)).Title.ShouldBe("Too many payment methods");
        (await member.ListMethodsAsync()).ShouldBe(kept);
        (await member.BalanceAsync()).ShouldBe(5 * 50);
        // A card that is kept already needs no room.
        await member.BuyAsync(Cards[3], saves: true, 200);
        (await member.RemoveAsync(kept[0].Id)).Status.ShouldBe(200);
        await member.BuyAsync(Cards[10], saves: true, 200);
        (await member.ListMethodsAsync()).Select(method => method.IsDefault).ShouldBe([true, .. Enumerable.Repeat(false, 9)]);
    }

    // Setups that were open together can't be stopped at Stripe.
    [Fact]
    public async Task What_is_confirmed_beyond_the_limit_is_listed_and_removed_and_the_default_stays()
    {
        using var member = await fixture.SignInAsync();
        var setups = await Task.WhenAll(Cards.Select(_ => member.SetUpAsync()));
        foreach (var (setup, card) in setups.Zip(Cards).Take(9))
        {
            await ConfirmAsync(setup, card);
        }

        var chosen = (await member.ListMethodsAsync())[4].Id;
        (await member.ChooseAsync(chosen)).Status.ShouldBe(200);
        await Task.WhenAll(setups.Zip(Cards).Skip(9).Select(each => ConfirmAsync(each.First, each.Second)));

        var kept = await member.ListMethodsAsync();
        kept.Count.ShouldBe(Cards.Length);
        kept.Single(method => method.IsDefault).Id.ShouldBe(chosen);
        (await member.SetUpAsync()).Code.ShouldBe("conflict");
        (await fixture.Product.Sandbox.PayingMethodAsync(await member.BuyWithSavedAsync())).ShouldBe(chosen);
        foreach (var method in kept.Where(method => method.Id != chosen).Take(kept.Count - 9))
        {
            (await member.RemoveAsync(method.Id)).Status.ShouldBe(200);
        }

        (await member.SetUpAsync()).Status.ShouldBe(200);
        (await member.ListMethodsAsync()).Single(method => method.IsDefault).Id.ShouldBe(chosen);
    }

    [Fact]
    public async Task Two_saves_at_once_may_both_take_the_last_place_and_no_third_does()
    {
        using var member = await fixture.SignInAsync();
        await Task.WhenAll(Cards.Take(9).Select(card => KeepAsync(member, card)));
        var before = (await member.ListMethodsAsync()).Single(method => method.IsDefault);

        var saves = await Task.WhenAll(Cards[9..11].Select(card => member.SaveByPurchaseAsync(card, key: card)));

        saves.ShouldAllBe(save => save.Status == 200 || save.Code == "conflict");
        var kept = await member.ListMethodsAsync();
        kept.Count.ShouldBe(9 + saves.Count(save => save.Status == 200));
        kept.Count.ShouldBeGreaterThan(9);
        kept.Single(method => method.IsDefault).ShouldBe(before);
        (await member.SetUpAsync()).Code.ShouldBe("conflict");
        (await member.SaveByPurchaseAsync(Cards[11], key: "third")).Code.ShouldBe("conflict");
    }

    private Task KeepAsync(TestMember member, string card) => KeptCards.KeepAsync(fixture.Product.Sandbox, member, card);

    private Task ConfirmAsync(Answer setup, string card) => KeptCards.ConfirmAsync(fixture.Product.Sandbox, setup, card);
}

public sealed class SavedMethodLimitOnSqliteTests(SqliteProduct product) : SavedMethodLimitTests(product), IClassFixture<SqliteProduct>;

public sealed class SavedMethodLimitOnPostgresTests(PostgresProduct product) : SavedMethodLimitTests(product), IClassFixture<PostgresProduct>;
