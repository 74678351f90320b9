using System.Globalization;
using Stripe;
using Tokens.Payments.SavedMethods;

namespace Tokens.Payments.Tests.SavedMethods;

/// <summary>The rule of cards and default. Payment methods are written as <c>id/number/created/expiry</c>, in the order of Stripe's list.</summary>
public sealed class KeptMethodsTests
{
    [Theory]
    [InlineData("", null, "", "")]
    [InlineData("a/1/1/2030", null, "a*", "")]
    // The oldest is the default until one is stored, whatever Stripe's order within a second.
    [InlineData("c/3/2/2030 b/2/1/2030 a/1/1/2030", null, "a* b c", "")]
    [InlineData("a/1/1/2030 b/2/2/2030", null, "a* b", "")]
    // The stored one stays, however many are saved before or after it.
    [InlineData("c/3/3/2030 b/2/2/2030 a/1/1/2030", "b", "a b* c", "")]
    [InlineData("c/3/3/2030 b/2/2/2030 a/1/1/2030", "c", "a b c*", "")]
    // One that is kept no longer gives way to the oldest.
    [InlineData("c/3/3/2030 b/2/2/2030", "a", "b* c", "")]
    // A number is one card, shown by its oldest method.
    [InlineData("c/1/3/2030 b/2/2/2030 a/1/1/2030", null, "a* b", "c")]
    [InlineData("c/1/3/2030 b/1/2/2030 a/1/1/2030", "a", "a*", "b c")]
    // Shown by the chosen one, where all expire together.
    [InlineData("c/1/3/2030 b/2/2/2030 a/1/1/2030", "c", "c* b", "a")]
    // A renewed card keeps its number, its place, and that it is the default.
    [InlineData("c/1/3/2035 b/2/2/2030 a/1/1/2030", "a", "c* b", "a")]
    [InlineData("c/1/3/2035 b/2/2/2030 a/1/1/2030", "b", "c b*", "a")]
    [InlineData("c/1/3/2025 b/2/2/2030 a/1/1/2030", "c", "a* b", "c")]
    // Without a fingerprint each method is a card of its own.
    [InlineData("b/-/2/2030 a/-/1/2030", null, "a* b", "")]
    public void Each_card_is_shown_once_and_one_is_the_default(string attached, string? chosen, string shown, string repeated)
    {
        var kept = KeptMethods.Of(Methods(attached), chosen);

        Shown(kept).ShouldBe(shown);
        string.Join(' ', kept.RepeatedIds).ShouldBe(repeated);
        kept.Default?.Id.ShouldBe(kept.Methods.Single(method => method.IsDefault).Id);
    }

    [Theory]
    [InlineData("c/3/3/2030 b/2/2/2030 a/1/1/2030", "a", "a", "b* c")]
    [InlineData("c/3/3/2030 b/2/2/2030 a/1/1/2030", "c", "c", "a* b")]
    [InlineData("c/3/3/2030 b/2/2/2030 a/1/1/2030", "c", "b", "a c*")]
    [InlineData("c/3/3/2030 b/2/2/2030 a/1/1/2030", null, "b", "a* c")]
    [InlineData("c/1/3/2030 b/2/2/2030 a/1/1/2030", "a", "c", "b*")]
    [InlineData("a/1/1/2030", "a", "a", "")]
    [InlineData("b/2/2/2030 a/1/1/2030", "b", "x", "a b*")]
    public void The_default_goes_to_the_oldest_that_is_left_once_its_card_is_removed(string attached, string? chosen, string removed, string left) =>
        Shown(KeptMethods.Of(Methods(attached), chosen).Without(removed)).ShouldBe(left);

    [Theory]
    [InlineData("b", "a b* c")]
    [InlineData("d", "a* b c")]
    [InlineData("c", "a b c*")]
    public void The_chosen_card_is_the_default_by_whichever_method_it_is_named(string chosen, string shown) =>
        Shown(KeptMethods.Of(Methods("d/1/4/2030 c/3/3/2030 b/2/2/2030 a/1/1/2030"), "b").WithDefault(chosen)).ShouldBe(shown);

    [Fact]
    public void A_card_is_found_by_each_of_its_methods_and_by_its_number()
    {
        var kept = KeptMethods.Of(Methods("c/1/3/2030 b/2/2/2030 a/1/1/2030"), null);

        kept.Find("c").ShouldBe(kept.Find("a"));
        kept.Find("x").ShouldBeNull();
        kept.IdsOfCard("a").ShouldBe(["a", "c"]);
        kept.IdsOfCard("x").ShouldBeEmpty();
        kept.FindEqual(Method("n/2/9/2030"))?.Id.ShouldBe("b");
        kept.FindEqual(Method("c/-/3/2030"))?.Id.ShouldBe("a");
        kept.FindEqual(Method("n/4/9/2030")).ShouldBeNull();
    }

    private static string Shown(KeptMethods kept) =>
        string.Join(' ', kept.Methods.Select(method => method.IsDefault ? method.Id + "*" : method.Id));

    private static List<PaymentMethod> Methods(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Method)];

    private static PaymentMethod Method(string text)
    {
        var parts = text.Split('/');
        return new PaymentMethod
        {
            Id = parts[0],
            Created = DateTime.UnixEpoch.AddSeconds(long.Parse(parts[2], CultureInfo.InvariantCulture)),
            Card = new PaymentMethodCard
            {
                Fingerprint = parts[1] == "-" ? null : parts[1],
                ExpMonth = 12,
                ExpYear = long.Parse(parts[3], CultureInfo.InvariantCulture),
            },
        };
    }
}
