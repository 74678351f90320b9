using Stripe;

namespace Tokens.Payments.SavedMethods;

/// <summary>
/// The payment methods kept for a customer as the product sees them: each card once, oldest first, and one of them the default. The rule
/// by which the list, purchases, refills and removals agree.
/// </summary>
/// <remarks>
/// Payment methods of one number (Stripe's fingerprint) are one card. It is shown by the method that expires last; of those by the chosen
/// one, then by the oldest. The default is the chosen card while it is kept, else the oldest.
/// </remarks>
internal sealed class KeptMethods
{
    private readonly IReadOnlyList<Card> _cards;

    private KeptMethods(IReadOnlyList<Card> cards, string? chosenId)
    {
        _cards = cards;
        var chosen = cards.FirstOrDefault(card => card.Has(chosenId)) ?? (cards.Count > 0 ? cards[0] : null);
        Methods = [.. cards.Select(card => card.ToMethod(isDefault: card == chosen))];
    }

    /// <summary>One method a card, oldest first.</summary>
    internal IReadOnlyList<SavedMethod> Methods { get; }

    /// <summary>Null when nothing is kept.</summary>
    internal SavedMethod? Default => Methods.FirstOrDefault(method => method.IsDefault);

    /// <summary>Payment methods of cards that are shown by another one.</summary>
    internal IReadOnlyList<string> RepeatedIds => [.. _cards.SelectMany(card => card.Ids.Where(id => id != card.Shown.Id))];

    /// <param name="attached">What Stripe keeps, newest first, as Stripe lists it.</param>
    /// <param name="chosenId">The stored default; null when none is stored.</param>
    internal static KeptMethods Of(IEnumerable<PaymentMethod> attached, string? chosenId) => new(
        [
            .. attached.Reverse().OrderBy(method => method.Created)
                .GroupBy(NumberOf, StringComparer.Ordinal).Select(number => Card.Of([.. number], chosenId)),
        ],
        chosenId);

    /// <summary>The card of that payment method, whether it is shown by it or not; null when it isn't kept.</summary>
    internal SavedMethod? Find(string id) => IndexOf(id) is var index and >= 0 ? Methods[index] : null;

    /// <summary>The kept card of the same number; null when there is none.</summary>
    internal SavedMethod? FindEqual(PaymentMethod candidate)
    {
        var number = NumberOf(candidate);
        return _cards.Select((card, index) => card.Number == number || card.Has(candidate.Id) ? Methods[index] : null)
            .FirstOrDefault(method => method is not null);
    }

    /// <summary>All payment methods of the card of that payment method.</summary>
    internal IReadOnlyList<string> IdsOfCard(string id) => IndexOf(id) is var index and >= 0 ? _cards[index].Ids : [];

    /// <summary>What is kept once the card of that payment method is removed.</summary>
    internal KeptMethods Without(string id) => new([.. _cards.Where(card => !card.Has(id))], Default?.Id);

    /// <summary>The same with another default.</summary>
    internal KeptMethods WithDefault(string id) => new(_cards, id);

    private int IndexOf(string id)
    {
        for (var index = 0; index < _cards.Count; index++)
        {
            if (_cards[index].Has(id))
            {
                return index;
            }
        }

        return -1;
    }

    // A method without a fingerprint is a card of its own.
    private static string NumberOf(PaymentMethod method) =>
        method.Card?.Fingerprint is { Length: > 0 } fingerprint ? fingerprint : method.Id;

    private sealed record Card(string Number, PaymentMethod Shown, IReadOnlyList<string> Ids)
    {
        internal static Card Of(IReadOnlyList<PaymentMethod> methods, string? chosenId) => new(
            NumberOf(methods[0]),
            methods.OrderByDescending(method => method.Card?.ExpYear).ThenByDescending(method => method.Card?.ExpMonth)
                .ThenByDescending(method => method.Id == chosenId).First(),
            [.. methods.Select(method => method.Id)]);

        internal bool Has(string? id) => id is not null && Ids.Contains(id, StringComparer.Ordinal);

        internal SavedMethod ToMethod(bool isDefault) => new(
            Shown.Id,
            Shown.Card?.Brand ?? "unknown",
            Shown.Card?.Last4 ?? "",
            Shown.Card?.ExpMonth ?? 0,
            Shown.Card?.ExpYear ?? 0,
            isDefault);
    }
}
