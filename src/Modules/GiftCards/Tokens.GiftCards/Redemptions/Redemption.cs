using Tokens.GiftCards.Cards;
using Tokens.GiftCards.Codes;
using Tokens.Platform.Inputs;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;
using Tokens.Platform.Work;

namespace Tokens.GiftCards.Redemptions;

/// <summary>
/// Redeems: one conditional claim, then the transfer, then done. Every failure takes the same steps, a look and a count, so that its
/// time tells nothing about the code. Text that can be no code is no attempt to guess one, and isn't counted.
/// </summary>
internal sealed class Redemption(
    CardStore store,
    CardEnd end,
    CodeKeyring keyring,
    RedeemLock redeemLock,
    GiftCardsMetrics metrics,
    FailPoints failPoints,
    TimeProvider time)
{
    internal async Task<RedeemOutcome> RedeemAsync(
        Guid memberId, string typed, IdempotencyKey? key, RedeemAttempt attempt, CancellationToken cancellationToken)
    {
        var outcome = await TryRedeemAsync(memberId, GiftCode.Parse(typed), key?.Value, attempt, cancellationToken);
        metrics.CountAttempt(outcome);
        return outcome;
    }

    private async Task<RedeemOutcome> TryRedeemAsync(
        Guid memberId, string? code, string? key, RedeemAttempt attempt, CancellationToken cancellationToken)
    {
        if (code is null && key is null)
        {
            return new RedeemOutcome.Malformed();
        }

        var hashes = code is null ? [] : (await keyring.GetAsync(cancellationToken)).HashesOf(code);
        var found = await store.FindForRedemptionAsync(hashes, memberId, key, cancellationToken);
        if (key is not null && found.Find(row => row.RedeemerId == memberId && row.RedeemKey == key) is { } taken)
        {
            return IsOf(taken, hashes) ? await FinishAsync(taken, isReplay: true) : new RedeemOutcome.KeyReused();
        }

        if (code is null)
        {
            return new RedeemOutcome.Malformed();
        }

        var card = found.Find(row => IsOf(row, hashes));
        if (card is null || !card.IsRedeemable(time.UtcNow()))
        {
            return await FailAsync(attempt);
        }

        if (card.MemberId == memberId)
        {
            return new RedeemOutcome.Own();
        }

        try
        {
            if (!await store.TryClaimAsync(card, new CardClaim(CardStatus.Redeeming, Uuid.New(time), memberId, key), attempt))
            {
                return await JoinAsync(card.Id, memberId, key) ?? await FailAsync(attempt);
            }
        }
        // The same key takes another card this very moment.
        catch (Exception fault) when (TransientFaults.IsUniqueViolation(fault))
        {
            return new RedeemOutcome.KeyReused();
        }

        failPoints.Reach(GiftCardsFailPoint.RedeemClaimed);
        return await FinishAsync(card, isReplay: false);
    }

    /// <summary>Goes on with a card that another request of the same key has just claimed; null when it wasn't that.</summary>
    private async Task<RedeemOutcome?> JoinAsync(Guid cardId, Guid memberId, string? key)
    {
        if (key is null)
        {
            return null;
        }

        var card = await store.GetAsync(cardId);
        return card.RedeemerId == memberId && card.RedeemKey == key ? await FinishAsync(card, isReplay: true) : null;
    }

    private async Task<RedeemOutcome> FinishAsync(GiftCard card, bool isReplay) => await end.FinishAsync(card) is { } redeemed
        ? new RedeemOutcome.Redeemed(redeemed, isReplay)
        : new RedeemOutcome.NoRoom();

    private async Task<RedeemOutcome> FailAsync(RedeemAttempt attempt) => await redeemLock.CountAsync(attempt) is { } lockout
        ? new RedeemOutcome.LockedOut(lockout)
        : new RedeemOutcome.NotFound();

    private static bool IsOf(GiftCard card, IReadOnlyList<byte[]> hashes) => hashes.Any(hash => hash.AsSpan().SequenceEqual(card.CodeHash));
}
