using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.Options;
using Tokens.GiftCards.Data;
using Tokens.GiftCards.Recovery;
using Tokens.GiftCards.Redemptions;
using Tokens.Platform.Inputs;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;

namespace Tokens.GiftCards.Cards;

/// <summary>
/// Reads and writes cards. Each write is one statement that names the state, and the claim, that it goes from: whoever comes second
/// changes nothing. None is cancelled by a caller who goes away.
/// </summary>
internal sealed class CardStore(IModuleDb<GiftCardsDb> db, RedeemLock redeemLock, IOptions<RecoveryOptions> recovery, TimeProvider time)
{
    private TimeSpan FinishAfter => TimeSpan.FromSeconds(recovery.Value.FinishAfterSeconds);

    internal Task<GiftCard> GetAsync(Guid id) => db.ReadAsync(
        (context, token) => context.Cards.AsNoTracking().SingleAsync(card => card.Id == id, token), CancellationToken.None);

    /// <summary>The member's own card; null for another member's, and for one that never came to be.</summary>
    internal Task<GiftCard?> FindOwnAsync(Guid memberId, Guid id, CancellationToken cancellationToken) => db.ReadAsync(
        (context, token) => CardListing.Listed(context.Cards.AsNoTracking())
            .SingleOrDefaultAsync(card => card.Id == id && card.MemberId == memberId, token),
        cancellationToken);

    /// <summary>The card that holds its buyer's key.</summary>
    internal Task<GiftCard?> FindKeyHolderAsync(Guid memberId, IdempotencyKey key, CancellationToken cancellationToken) => db.ReadAsync(
        (context, token) => context.Cards.AsNoTracking().SingleOrDefaultAsync(
            card => card.MemberId == memberId && card.IdempotencyKey == key.Value && card.Status != CardStatus.Revoked, token),
        cancellationToken);

    /// <summary>The card of that code, and the one that this redeemer took under that key: two at most.</summary>
    internal Task<List<GiftCard>> FindForRedemptionAsync(
        IReadOnlyList<byte[]> codeHashes, Guid redeemerId, string? key, CancellationToken cancellationToken) => db.ReadAsync(
        (context, token) => context.Cards.AsNoTracking()
            .Where(card => codeHashes.Contains(card.CodeHash) || (key != null && card.RedeemerId == redeemerId && card.RedeemKey == key))
            .ToListAsync(token),
        cancellationToken);

    /// <summary>Adds a new card; false when another one holds its key.</summary>
    internal async Task<bool> TryAddAsync(GiftCard card)
    {
        try
        {
            return await db.WriteAsync(
                async (context, token) =>
                {
                    context.Cards.Add(card);
                    await context.SaveChangesAsync(token);
                    return true;
                },
                CancellationToken.None);
        }
        catch (DbUpdateException fault) when (TransientFaults.IsUniqueViolation(fault))
        {
            return false;
        }
    }

    /// <summary>Deletes the copy of the card's code.</summary>
    internal Task DeleteCodeAsync(Guid id) => db.WriteAsync(
        (context, token) => context.Cards.Where(row => row.Id == id).ExecuteUpdateAsync(
            row => row.SetProperty(c => c.SealedCode, (byte[]?)null).SetProperty(c => c.SealedUntil, (DateTime?)null), token),
        CancellationToken.None);

    /// <summary>Joins whoever issues the card; false when its tokens were taken, or refused, meanwhile.</summary>
    internal async Task<bool> TryShareAsync(GiftCard card) => await db.WriteAsync(
        (context, token) => context.Cards.Where(row => row.Id == card.Id && row.Status == CardStatus.Issuing)
            .ExecuteUpdateAsync(row => row.SetProperty(c => c.IsShared, true), token),
        CancellationToken.None) == 1;

    /// <summary>
    /// Claims an active card: of all who try, one gets it. To redeem it, the card must not have expired and nobody in
    /// <paramref name="attempt"/> be locked out.
    /// </summary>
    internal async Task<bool> TryClaimAsync(GiftCard card, CardClaim claim, RedeemAttempt? attempt = null)
    {
        var now = time.UtcNow();
        var isOutOfTime = claim.Status == CardStatus.Expiring;
        var claimed = await db.WriteAsync(
            async (context, token) =>
            {
                var rows = context.Cards.Where(
                    row => row.Id == card.Id && row.Status == CardStatus.Active && row.ExpiresAt <= now == isOutOfTime);
                if (attempt is not null)
                {
                    rows = redeemLock.Unless(context, rows, attempt);
                }

                var taken = await rows.ExecuteUpdateAsync(
                    row => row.SetProperty(c => c.Status, claim.Status)
                        .SetProperty(c => c.ClaimId, claim.Id)
                        .SetProperty(c => c.RedeemerId, claim.RedeemerId)
                        .SetProperty(c => c.RedeemKey, claim.Key)
                        .SetProperty(c => c.NextCheckAt, now + FinishAfter)
                        .SetProperty(c => c.UpdatedAt, now),
                    token);
                // None, perhaps, because the same claim was committed before and its answer lost.
                return taken == 1 || await context.Cards.AnyAsync(c => c.Id == card.Id && c.ClaimId == claim.Id, token);
            },
            CancellationToken.None);
        if (claimed)
        {
            card.HasBeenClaimed(claim);
        }

        return claimed;
    }

    /// <summary>Ends a card as if it had never been; false when it has moved since.</summary>
    internal Task<bool> TryRevokeAsync(GiftCard card, bool isShared) => TryMoveAsync(
        card,
        CardStatus.Revoked,
        row => row.SetProperty(c => c.SealedCode, (byte[]?)null).SetProperty(c => c.SealedUntil, (DateTime?)null),
        isShared);

    /// <summary>Moves a card from the state, and under the claim, that the caller knows; false when it has moved since.</summary>
    /// <param name="card">As the caller knows it.</param>
    /// <param name="to">The state that follows.</param>
    /// <param name="change">What else changes with it.</param>
    /// <param name="isShared">Whether a card may be moved that others are at.</param>
    internal async Task<bool> TryMoveAsync(
        GiftCard card, CardStatus to, Action<UpdateSettersBuilder<GiftCard>> change, bool isShared = true)
    {
        var (from, claimId, now) = (card.Status, card.ClaimId, time.UtcNow());
        if (!from.MayBecome(to))
        {
            throw new InvalidOperationException($"A card that is {from.Wire()} can't become {to.Wire()}.");
        }

        DateTime? nextCheckAt = to == CardStatus.Revoking ? now + FinishAfter : null;
        return await db.WriteAsync(
            (context, token) => context.Cards
                .Where(row => row.Id == card.Id && row.Status == from && row.ClaimId == claimId && (isShared || !row.IsShared))
                .ExecuteUpdateAsync(
                    row =>
                    {
                        row.SetProperty(c => c.Status, to)
                            .SetProperty(c => c.NextCheckAt, nextCheckAt)
                            .SetProperty(c => c.Failures, 0)
                            .SetProperty(c => c.ParkedReason, (string?)null)
                            .SetProperty(c => c.UpdatedAt, now);
                        change(row);
                    },
                    token),
            CancellationToken.None) == 1;
    }
}
