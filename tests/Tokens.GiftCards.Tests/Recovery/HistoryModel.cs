namespace Tokens.GiftCards.Tests.Recovery;

/// <summary>What must be true after a history: balances, and where each card went. Knows nothing of rows and postings.</summary>
internal sealed class HistoryModel
{
    internal const string Active = "active";

    internal Dictionary<Guid, long> Balances { get; } = [];

    internal List<ModelCard> Cards { get; } = [];

    /// <summary>What happens once everything that was interrupted has come to its end.</summary>
    private List<Action> Pending { get; } = [];

    internal long OnActiveCards => Cards.Where(card => card.Status == Active).Sum(card => card.Tokens);

    /// <summary>Ends a card now, or, when the answer was lost before the ledger did anything, later.</summary>
    internal void End(ModelCard card, string status, Guid payee, bool isLate)
    {
        card.Status = status;
        After(isLate, () => Balances[payee] += card.Tokens);
    }

    internal void After(bool isLate, Action effect)
    {
        if (isLate)
        {
            Pending.Add(effect);
        }
        else
        {
            effect();
        }
    }

    internal void Settle(DateTime now)
    {
        Pending.ForEach(effect => effect());
        Pending.Clear();
        foreach (var card in Cards.Where(card => card.Status == Active && card.ExpiresAt <= now))
        {
            End(card, "expired", card.Buyer, isLate: false);
        }
    }
}

/// <summary>A card as the model knows it.</summary>
internal sealed class ModelCard
{
    internal required Guid Buyer { get; init; }

    internal required long Tokens { get; init; }

    internal required DateTime ExpiresAt { get; init; }

    internal required Guid Id { get; init; }

    internal required string Code { get; init; }

    internal string Status { get; set; } = HistoryModel.Active;
}
