using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Tokens.GiftCards.Cards;
using Tokens.GiftCards.Data;
using Tokens.Platform.RateLimits;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;

namespace Tokens.GiftCards.Redemptions;

/// <summary>Keeps out who has tried too many codes in vain, a member or a whole network.</summary>
internal sealed class RedeemLock(
    IModuleDb<GiftCardsDb> db, FailureCounter counter, RateLimitSwitch limits, IOptions<RedeemLockOptions> options, TimeProvider time)
{
    private long NowMs => new DateTimeOffset(time.UtcNow()).ToUnixTimeMilliseconds();

    private TimeSpan Window => TimeSpan.FromSeconds(options.Value.WindowSeconds);

    private long WindowMs => options.Value.WindowSeconds * 1_000L;

    /// <summary>The rows, and none at all for somebody who is locked out: part of the claim's own statement.</summary>
    internal IQueryable<GiftCard> Unless(GiftCardsDb context, IQueryable<GiftCard> rows, RedeemAttempt attempt)
    {
        if (!limits.IsOn)
        {
            return rows;
        }

        var (member, network, since) = (attempt.Member, attempt.Network, NowMs - WindowMs);
        var (failuresMax, networkFailuresMax) = (options.Value.FailuresMax, options.Value.NetworkFailuresMax);
        return rows.Where(_ => !context.RedeemFailures.Any(failure => failure.WindowStartedMs > since
            && ((failure.Subject == member && failure.Failures >= failuresMax)
                || (failure.Subject == network && failure.Failures >= networkFailuresMax))));
    }

    /// <summary>Counts a failure; how long its maker is locked out, or null when this one still was within the bounds.</summary>
    internal async Task<Lockout?> CountAsync(RedeemAttempt attempt)
    {
        if (!limits.IsOn)
        {
            return null;
        }

        var count = await counter.AddAsync(attempt);
        var member = LockoutOf(count.Member, options.Value.FailuresMax);
        var network = LockoutOf(count.Network, options.Value.NetworkFailuresMax);
        return member is null || network?.Left > member.Left ? network : member;
    }

    /// <summary>Forgets counts whose window is over.</summary>
    internal Task<int> ForgetAsync(CancellationToken cancellationToken)
    {
        var since = NowMs - WindowMs;
        return db.WriteAsync(
            (context, token) => context.RedeemFailures.Where(failure => failure.WindowStartedMs <= since).ExecuteDeleteAsync(token),
            cancellationToken);
    }

    private Lockout? LockoutOf(SubjectCount count, int failuresMax) => count.Number <= failuresMax
        ? null
        : new Lockout(TimeSpan.FromMilliseconds(Math.Max(1, count.WindowStartedMs + WindowMs - NowMs)), failuresMax, Window);
}
