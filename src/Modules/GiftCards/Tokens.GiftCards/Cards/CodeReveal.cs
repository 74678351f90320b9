using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Tokens.GiftCards.Codes;
using Tokens.Platform.Time;

namespace Tokens.GiftCards.Cards;

/// <summary>
/// Decides which answers carry a card's code. The answer to the request that made the card always does, and so does a repeat as long as
/// the copy of the code is kept: for <see cref="GiftCardsOptions.RevealHours"/>, or with 0 until an answer with the code has been sent.
/// </summary>
internal sealed class CodeReveal(CardStore store, CodeKeyring keyring, CodeSeal seal, IOptions<GiftCardsOptions> options, TimeProvider time)
{
    // Answers of this process that are being sent, each until the copy of its code is deleted.
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _beingSent = new();

    /// <summary>When the copy of a code made at that time is deleted at the latest.</summary>
    internal DateTime SealedUntil(DateTime now) => now + options.Value.SealedFor;

    /// <summary>The code as the card's row keeps it: without a copy when no key is there with which a repeat could ask for it.</summary>
    internal async Task<StoredCode> StoreAsync(string code, Guid cardId, CardOrder order, CancellationToken cancellationToken)
    {
        var stored = (await keyring.GetAsync(cancellationToken)).Store(code);
        return order.Key is null ? stored : stored with { Sealed = seal.Seal(code, cardId, order.MemberId) };
    }

    /// <summary>Whether the card's code is known, so that its buyer can be shown it when the card becomes active.</summary>
    internal bool IsKnown(GiftCard card) => seal.Open(card) is not null;

    /// <summary>The code for an answer with that card; null when the card is used or its code isn't shown any more.</summary>
    /// <param name="card">As the caller knows it.</param>
    /// <param name="newCode">The code that this very request has made; null for a repeat.</param>
    internal async Task<string?> CodeForAsync(GiftCard card, string? newCode)
    {
        if (newCode is not null)
        {
            return card.IsRedeemable(time.UtcNow()) ? newCode : null;
        }

        var current = options.Value.RevealsOnce ? await AfterOthersAsync(card.Id) : card;
        var now = time.UtcNow();
        return current.IsRedeemable(now) && current.SealedUntil > now ? seal.Open(current) : null;
    }

    /// <summary>Deletes the copy of a code that is shown once, after the answer with it has been sent whole.</summary>
    internal void DeleteWhenSent(GiftCard card, HttpContext context)
    {
        if (!options.Value.RevealsOnce || card.SealedCode is null)
        {
            return;
        }

        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var aborted = context.RequestAborted;
        _beingSent[card.Id] = sent;
        context.Response.OnCompleted(async () =>
        {
            try
            {
                if (!aborted.IsCancellationRequested)
                {
                    await store.DeleteCodeAsync(card.Id);
                }
            }
            finally
            {
                _beingSent.TryRemove(new(card.Id, sent));
                sent.SetResult();
            }
        });
    }

    /// <summary>The card as it is once no other answer of this process with its code is being sent, or the wait is over.</summary>
    private async Task<GiftCard> AfterOthersAsync(Guid cardId)
    {
        if (_beingSent.TryGetValue(cardId, out var sending))
        {
            // An answer that doesn't arrive in time may never arrive: then this one shows the code too.
            await Task.WhenAny(sending.Task, Task.Delay(options.Value.RevealWait, time));
        }

        return await store.GetAsync(cardId);
    }
}
