using Microsoft.Extensions.Options;
using Tokens.GiftCards.Postings;
using Tokens.GiftCards.Recovery;
using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;
using Tokens.Platform.Time;
using Tokens.Platform.Work;
using Tokens.Wallet.Contracts;

namespace Tokens.GiftCards.Gifts;

/// <summary>
/// Sends gifts: the row first, then gift and fee as one posting under its id, then it is sent. A repeat takes the same steps; what
/// nobody finishes has happened if its posting has, and else never will.
/// </summary>
internal sealed class GiftSending(
    GiftStore store,
    IWalletLedger ledger,
    PostingFence fence,
    GiftCardsMetrics metrics,
    FailPoints failPoints,
    IOptions<GiftsOptions> options,
    IOptions<RecoveryOptions> recovery,
    TimeProvider time)
{
    private const int RacesMax = 3;

    /// <summary>The gift with whether another request had sent it, or a problem; never both.</summary>
    internal async Task<(Gift? Gift, bool IsReplay, Problem? Problem)> SendAsync(GiftOrder order, CancellationToken cancellationToken)
    {
        for (var race = 0; race < RacesMax; race++)
        {
            var known = order.Key is { } key ? await store.FindKeyHolderAsync(order.SenderId, key, cancellationToken) : null;
            if (known is not null && !known.IsFor(order))
            {
                return (null, false, PostingProblems.KeyReused);
            }

            if (known is { Status: GiftStatus.Sent })
            {
                return (known, true, null);
            }

            // Asked of new gifts alone: a repeat has its answer, whatever has become of the price.
            if (known is null && order.Listed is { } listed && listed.Cost != order.Tokens)
            {
                return (null, false, InputFault.Of("tokenAmount", "Invalid token amount", $"{listed.Name} costs {listed.Cost} tokens."));
            }

            var gift = known ?? await OpenAsync(order);
            if (gift is null || (known is not null && !await store.TryShareAsync(known)))
            {
                continue;
            }

            var refusal = await FinishAsync(gift);
            if (refusal is not null || gift.Status == GiftStatus.Sent)
            {
                return (refusal is null ? gift : null, known is not null, refusal);
            }
        }

        return (null, false, PostingProblems.InProgress);
    }

    /// <summary>Learns how a gift ended that nobody has finished.</summary>
    internal async Task SettleAsync(Gift gift)
    {
        if (await fence.RaiseAsync(KeyOf(gift)))
        {
            await FailAsync(gift);
            return;
        }

        await MarkSentAsync(gift, PostingProblems.ReceiptOf(await PostAsync(gift)));
    }

    private async Task<Gift?> OpenAsync(GiftOrder order)
    {
        var now = time.UtcNow();
        var checkAt = now.AddSeconds(recovery.Value.RollBackAfterSeconds);
        var gift = Gift.Open(order, Uuid.New(time), options.Value.FeeOf(order.Tokens), now, checkAt);
        if (!await store.TryAddAsync(gift))
        {
            return null;
        }

        failPoints.Reach(GiftCardsFailPoint.GiftStored);
        return gift;
    }

    /// <summary>Moves the tokens; neither sent nor a refusal when the gift was given up meanwhile, which sets its key free.</summary>
    private async Task<Problem?> FinishAsync(Gift gift)
    {
        var outcome = await PostAsync(gift);
        if (outcome is PostingOutcome.KeyReused)
        {
            await FailAsync(gift);
            return null;
        }

        if (PostingProblems.RefusalOf(outcome) is { } refusal)
        {
            return await RefuseAsync(gift) ? refusal : null;
        }

        failPoints.Reach(GiftCardsFailPoint.GiftPosted);
        await MarkSentAsync(gift, PostingProblems.ReceiptOf(outcome));
        failPoints.Reach(GiftCardsFailPoint.GiftSent);
        return null;
    }

    /// <summary>Gives up a gift whose tokens were refused; false when another request with its key moved them after all.</summary>
    private async Task<bool> RefuseAsync(Gift gift)
    {
        if (await FailAsync(gift, isShared: false))
        {
            return true;
        }

        // Others may be at the same posting, and the balance may have grown since.
        if (!await fence.RaiseAsync(KeyOf(gift)))
        {
            return false;
        }

        await FailAsync(gift);
        return true;
    }

    private async Task MarkSentAsync(Gift gift, PostingReceipt receipt)
    {
        if (await store.MarkSentAsync(gift, receipt) == 1)
        {
            metrics.CountGift(GiftStatus.Sent);
        }

        gift.HasBeenSent(receipt);
    }

    private async Task<bool> FailAsync(Gift gift, bool isShared = true)
    {
        var isFailed = await store.MarkFailedAsync(gift, isShared) == 1;
        if (isFailed)
        {
            metrics.CountGift(GiftStatus.Failed);
        }

        return isFailed;
    }

    private Task<PostingOutcome> PostAsync(Gift gift)
    {
        var sender = Account.OfMember(gift.SenderId);
        List<Leg> legs = [new(sender, Account.OfMember(gift.RecipientId), gift.NetTokens, TransferKind.Gift)];
        if (gift.FeeTokens > 0)
        {
            legs.Add(new Leg(sender, Account.Of(SystemAccount.Fees), gift.FeeTokens, TransferKind.PlatformFee));
        }

        var posting = new Posting(KeyOf(gift), legs)
        {
            Reference = gift.Id.ToString(),
            Channel = gift.Words?.Channel,
            Message = gift.Words?.Message,
        };
        return ledger.PostAsync(posting, CancellationToken.None);
    }

    private static PostingKey KeyOf(Gift gift) => new(GiftCardsModule.ModuleName, "gift", gift.Id.ToString());
}
