using System.Text.Json;
using Tokens.Testing.Products;
using static Tokens.Payments.Tests.SavedMethods.MemberMethods;
using Answer = Tokens.Testing.Products.Answer;

namespace Tokens.Payments.Tests.SavedMethods;

/// <summary>Kept payment methods as a member uses them: through the gateway, the cards in the sandbox's keeping.</summary>
public abstract class SavedMethodsTests(ProductFixture fixture)
{
    [Fact]
    public async Task The_first_kept_is_the_default_until_the_member_chooses_or_removes_it()
    {
        using var member = await fixture.SignInAsync();
        (await member.ListMethodsAsync()).ShouldBeEmpty();

        await KeepAsync(member, "pm_card_visa");
        await KeepAsync(member, "pm_card_amex");

        var (visa, amex) = ((await member.ListMethodsAsync())[0], (await member.ListMethodsAsync())[1]);
        (visa.Brand, visa.Last4, visa.IsDefault).ShouldBe(("visa", "4242", true));
        (amex.Brand, amex.Last4, amex.IsDefault).ShouldBe(("amex", "8431", false));
        (await member.ChooseAsync(amex.Id)).Status.ShouldBe(200);
        (await member.ListMethodsAsync()).Select(method => method.IsDefault).ShouldBe([false, true]);

        (await member.RemoveAsync(amex.Id)).Status.ShouldBe(200);

        (await member.ListMethodsAsync()).ShouldBe([visa]);
        (await member.RemoveAsync(amex.Id)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Anothers_method_is_not_found_whatever_is_done_with_it()
    {
        using var owner = await fixture.SignInAsync();
        using var other = await fixture.SignInAsync();
        await KeepAsync(owner, "pm_card_visa");
        await KeepAsync(other, "pm_card_visa");
        var id = (await owner.ListMethodsAsync()).Single().Id;

        foreach (var answer in new[]
        {
            await other.ChooseAsync(id),
            await other.RemoveAsync(id),
            await other.PostAsync("/api/tokens/purchase-saved", new { tokenAmount = 50, paymentMethodId = id }),
        })
        {
            (answer.Status, answer.Code).ShouldBe((404, "not_found"));
        }

        (await owner.ListMethodsAsync()).Single().Id.ShouldBe(id);
        (await other.BalanceAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_kept_method_buys_and_a_repeat_is_answered_after_it_is_gone()
    {
        using var member = await fixture.SignInAsync();
        var nothing = await member.PostAsync("/api/tokens/purchase-saved", new { tokenAmount = 50 });
        (nothing.Status, nothing.Title).ShouldBe((400, "Invalid payment method"));
        await KeepAsync(member, "pm_card_visa");

        var bought = await member.PostAsync("/api/tokens/purchase-saved", new { tokenAmount = 50 }, key: "k");
        (bought.Status, bought.Json.GetProperty("newBalance").GetInt64()).ShouldBe((200, 50));
        await member.RemoveAsync((await member.ListMethodsAsync()).Single().Id);
        var again = await member.PostAsync("/api/tokens/purchase-saved", new { tokenAmount = 50 }, key: "k");

        again.IsReplay.ShouldBeTrue();
        again.Text.ShouldBe(bought.Text);
        (await member.PostAsync("/api/tokens/purchase-saved", new { tokenAmount = 200 }, key: "k")).Code.ShouldBe("idempotency_key_reused");
        (await member.BalanceAsync()).ShouldBe(50);
    }

    [Fact]
    public async Task Many_repeats_at_once_are_one_charge()
    {
        using var member = await fixture.SignInAsync();
        await KeepAsync(member, "pm_card_visa");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => member.PostAsync("/api/tokens/purchase-saved", new { tokenAmount = 200 }, key: "k")));

        answers.ShouldAllBe(answer => answer.Status == 200);
        answers.Select(answer => answer.Json.GetProperty("transaction").GetProperty("id").GetGuid()).Distinct().Count().ShouldBe(1);
        (await member.BalanceAsync()).ShouldBe(200);
    }

    [Fact]
    public async Task A_purchase_keeps_its_card_when_it_is_paid_and_asked_to()
    {
        using var member = await fixture.SignInAsync();
        await member.BuyAsync("pm_card_visa", saves: false, 200);
        await member.BuyAsync("pm_card_chargeDeclined", saves: true, 402);
        (await member.ListMethodsAsync()).ShouldBeEmpty();

        await member.BuyAsync("pm_card_mastercard", saves: true, 200);

        (await member.ListMethodsAsync()).Single().Brand.ShouldBe("mastercard");
    }

    [Fact]
    public async Task Setups_at_once_make_one_customer()
    {
        using var member = await fixture.SignInAsync();

        var setups = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => member.SetUpAsync()));

        setups.ShouldAllBe(setup => setup.Status == 200);
        await Task.WhenAll(setups.Take(3).Zip(Cards, ConfirmAsync));
        (await member.ListMethodsAsync()).Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("""{}""", "Invalid token amount", "tokenAmount")]
    [InlineData("""{"tokenAmount":51}""", "Invalid token amount", "tokenAmount")]
    [InlineData("""{"tokenAmount":50,"paymentMethodId":7}""", "Invalid payment method", "paymentMethodId")]
    [InlineData("""{"tokenAmount":50,"paymentMethodId":""}""", "Invalid payment method", "paymentMethodId")]
    public async Task Bad_input_is_named(string body, string title, string field)
    {
        using var member = await fixture.SignInAsync();

        var answer = await member.PostAsync("/api/tokens/purchase-saved", JsonSerializer.Deserialize<JsonElement>(body));

        (answer.Status, answer.Title).ShouldBe((400, title));
        answer.Json.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(answer.Text);
    }

    private Task KeepAsync(TestMember member, string card) => KeptCards.KeepAsync(fixture.Product.Sandbox, member, card);

    private Task ConfirmAsync(Answer setup, string card) => KeptCards.ConfirmAsync(fixture.Product.Sandbox, setup, card);
}

public sealed class SavedMethodsOnSqliteTests(SqliteProduct product) : SavedMethodsTests(product), IClassFixture<SqliteProduct>;

public sealed class SavedMethodsOnPostgresTests(PostgresProduct product) : SavedMethodsTests(product), IClassFixture<PostgresProduct>;
