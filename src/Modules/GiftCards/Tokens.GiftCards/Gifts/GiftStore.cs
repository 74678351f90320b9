using Microsoft.EntityFrameworkCore;
using Tokens.GiftCards.Data;
using Tokens.Platform.Inputs;
using Tokens.Platform.Storage;
using Tokens.Wallet.Contracts;

namespace Tokens.GiftCards.Gifts;

/// <summary>Reads and writes gifts; each write names the state that it goes from.</summary>
internal sealed class GiftStore(IModuleDb<GiftCardsDb> db)
{
    internal Task<Gift> GetAsync(Guid id) => db.ReadAsync(
        (context, token) => context.Gifts.AsNoTracking().Include(gift => gift.Words).SingleAsync(gift => gift.Id == id, token),
        CancellationToken.None);

    /// <summary>The gift that holds its sender's key.</summary>
    internal Task<Gift?> FindKeyHolderAsync(Guid senderId, IdempotencyKey key, CancellationToken cancellationToken) => db.ReadAsync(
        (context, token) => context.Gifts.AsNoTracking().Include(gift => gift.Words).SingleOrDefaultAsync(
            gift => gift.SenderId == senderId && gift.IdempotencyKey == key.Value && gift.Status != GiftStatus.Failed, token),
        cancellationToken);

    /// <summary>Adds a new gift; false when another one holds its key.</summary>
    internal async Task<bool> TryAddAsync(Gift gift)
    {
        try
        {
            return await db.WriteAsync(
                async (context, token) =>
                {
                    context.Gifts.Add(gift);
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

    /// <summary>Joins whoever sends the gift; false when it was sent, or refused, meanwhile.</summary>
    internal async Task<bool> TryShareAsync(Gift gift) => await db.WriteAsync(
        (context, token) => context.Gifts.Where(row => row.Id == gift.Id && row.Status == GiftStatus.Sending)
            .ExecuteUpdateAsync(row => row.SetProperty(g => g.IsShared, true), token),
        CancellationToken.None) == 1;

    internal Task<int> MarkSentAsync(Gift gift, PostingReceipt receipt)
    {
        var balance = receipt.BalancesAfter[gift.SenderId];
        return db.WriteAsync(
            (context, token) => context.Gifts.Where(row => row.Id == gift.Id && row.Status == GiftStatus.Sending).ExecuteUpdateAsync(
                row => row.SetProperty(g => g.Status, GiftStatus.Sent)
                    .SetProperty(g => g.SentAt, receipt.PostedAt)
                    .SetProperty(g => g.SenderBalance, balance)
                    .SetProperty(g => g.NextCheckAt, (DateTime?)null)
                    .SetProperty(g => g.ParkedReason, (string?)null),
                token),
            CancellationToken.None);
    }

    /// <param name="gift">Which one.</param>
    /// <param name="isShared">Whether a gift may be given up that others are at.</param>
    internal Task<int> MarkFailedAsync(Gift gift, bool isShared) => db.WriteAsync(
        (context, token) => context.Gifts
            .Where(row => row.Id == gift.Id && row.Status == GiftStatus.Sending && (isShared || !row.IsShared))
            .ExecuteUpdateAsync(
                row => row.SetProperty(g => g.Status, GiftStatus.Failed)
                    .SetProperty(g => g.NextCheckAt, (DateTime?)null)
                    .SetProperty(g => g.ParkedReason, (string?)null),
                token),
        CancellationToken.None);
}
