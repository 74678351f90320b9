using Tokens.Platform.Problems;

namespace Tokens.GiftCards.Cards;

/// <summary>How an order ended; the set is closed.</summary>
internal abstract record IssueOutcome
{
    private IssueOutcome()
    {
    }

    /// <summary>There is a card.</summary>
    /// <param name="Card">Its row.</param>
    /// <param name="Code">Its code; null when it may not be shown any more.</param>
    /// <param name="IsReplay">Whether another request had asked for it.</param>
    internal sealed record Issued(GiftCard Card, string? Code, bool IsReplay) : IssueOutcome
    {
        // A record would print the code.
        public override string ToString() => $"card {Card.Id}";
    }

    /// <summary>There is none, and nothing has changed.</summary>
    internal sealed record Refused(Problem Problem) : IssueOutcome;
}
