using Tokens.Platform.Identity;
using Tokens.Platform.Inputs;
using Tokens.Wallet.Contracts;

namespace Tokens.Wallet.Ledger;

/// <summary>What another module must keep to; a breach is its bug, so it throws.</summary>
internal static class PostingRules
{
    internal static void Check(Posting posting)
    {
        if (posting.Legs.Count is 0 or > Posting.LegsMax)
        {
            throw new ArgumentException($"A posting has 1 to {Posting.LegsMax} legs.", nameof(posting));
        }

        foreach (var leg in posting.Legs)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(leg.Tokens, nameof(posting));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(leg.Tokens, WholeNumberRule.Largest, nameof(posting));
            if (leg.From == leg.To)
            {
                throw new ArgumentException("A leg joins two accounts.", nameof(posting));
            }

            CheckMember(leg.From);
            CheckMember(leg.To);
        }

        CheckLength(posting.Key.Key, 1, 255);
        CheckLength(posting.Key.Route, 1, 32);
        CheckLength(posting.Reference, 0, 100);
        CheckLength(posting.Channel, 0, 100);
        CheckLength(posting.Message, 0, 500);
    }

    private static void CheckMember(Account account)
    {
        if (account.IsMember && ReservedIds.Covers(account.MemberId))
        {
            throw new ArgumentException("A member's account bears the member's id.", nameof(account));
        }
    }

    private static void CheckLength(string? text, int minimum, int maximum)
    {
        if (text is not null && (text.Length < minimum || text.Length > maximum))
        {
            throw new ArgumentException($"Keep to {minimum} to {maximum} characters.", nameof(text));
        }
    }
}
