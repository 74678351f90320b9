using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Tokens.Payments.Purchases;
using Tokens.Platform.Problems;
using Tokens.Wallet.Contracts;

namespace Tokens.Payments.Refills;

/// <summary>The wallet's question before it refuses a member who is short.</summary>
internal sealed class RefillTopUp(
    RefillEngine engine, PendingRefills pending, IWalletLedger wallet, IOptions<RefillOptions> options, TimeProvider time) : ITopUp
{
    private static readonly TimeSpan PendingPoll = TimeSpan.FromMilliseconds(100);

    // A crowd of short tips of one member asks once.
    private readonly ConcurrentDictionary<Guid, Lazy<Task<TopUpOutcome>>> _running = new();

    // Whoever waits may go; a purchase that has begun goes on.
    public Task<TopUpOutcome> TryAsync(Guid memberId, long requiredTokens, CancellationToken cancellationToken) =>
        _running.GetOrAdd(memberId, _ => new(() => RunInTimeAsync(memberId, requiredTokens))).Value.WaitAsync(cancellationToken);

    private async Task<TopUpOutcome> RunInTimeAsync(Guid memberId, long requiredTokens)
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(options.Value.TopUpWithinMilliseconds), time);
        try
        {
            return await RunAsync(memberId, requiredTokens, soon.Token).WaitAsync(soon.Token);
        }
        catch (OperationCanceledException)
        {
            return await pending.StatusAsync(memberId, CancellationToken.None) is not null ? TopUpOutcome.Pending : TopUpOutcome.None;
        }
        finally
        {
            _running.TryRemove(memberId, out _);
        }
    }

    private async Task<TopUpOutcome> RunAsync(Guid memberId, long requiredTokens, CancellationToken soon)
    {
        try
        {
            var result = await engine.RunAsync(
                memberId, RefillTrigger.LowBalance, session: null, requiredTokens, key: null, CancellationToken.None);
            return result switch
            {
                RefillResult.Placed { Purchase.Status: PurchaseStatus.Succeeded } => TopUpOutcome.Done,
                RefillResult.Placed { Purchase.Status: PurchaseStatus.Declined or PurchaseStatus.Cancelled } => TopUpOutcome.None,
                RefillResult.Placed => TopUpOutcome.Pending,
                RefillResult.UnderWay => await WaitAsync(memberId, soon),
                _ => await IsEnoughAsync(memberId, requiredTokens),
            };
        }
        // Stripe is away: then there is no refill.
        catch (ProblemException)
        {
            return TopUpOutcome.None;
        }
    }

    // Somebody else's refill, on whichever host, says nothing when it is done, so its row is looked at.
    private async Task<TopUpOutcome> WaitAsync(Guid memberId, CancellationToken soon)
    {
        while (await pending.StatusAsync(memberId, soon) is { } status)
        {
            if (status == PurchaseStatus.RequiresAction)
            {
                // Only the member can bring it on.
                return TopUpOutcome.Pending;
            }

            await Task.Delay(PendingPoll, time, soon);
        }

        return TopUpOutcome.Done;
    }

    // Another refill may have come in between.
    private async Task<TopUpOutcome> IsEnoughAsync(Guid memberId, long requiredTokens) =>
        await wallet.GetBalanceAsync(memberId, CancellationToken.None) >= requiredTokens ? TopUpOutcome.Done : TopUpOutcome.None;
}
