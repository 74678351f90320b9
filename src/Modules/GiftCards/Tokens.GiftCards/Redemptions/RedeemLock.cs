using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Tokens.GiftCards.Cards;
using Tokens.GiftCards.Data;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;

namespace Tokens.GiftCards.Redemptions;

/// <summary>
/// Counts failed attempts a member and a network in the module's own table, so that a restart or another host forgets none of them.
/// </summary>
internal sealed class RedeemLock(IModuleDb<GiftCardsDb> db, IOptions<RedeemLockOptions> options, TimeProvider time)
{
    // A window that lies in the future was begun before the clock was set back; it begins anew, so that no lock outlasts its length.
    private const string SqliteCount =
        """
        INSERT INTO redeem_failures AS known (subject, failures, window_started_ms) VALUES ({0}, 1, {2}), ({1}, 1, {2})
        ON CONFLICT (subject) DO UPDATE SET
            failures = CASE WHEN known.window_started_ms <= {3} THEN 1 ELSE known.failures + 1 END,
            window_started_ms = CASE WHEN known.window_started_ms <= {3} OR known.window_started_ms > {2}
                THEN {2} ELSE known.window_started_ms END
        RETURNING subject AS "Subject", failures AS "Failures", window_started_ms AS "WindowStartedMs"
        """;

    private static readonly string PostgresCount =
        SqliteCount.Replace("INTO redeem_failures", $"INTO {GiftCardsModule.ModuleName}.redeem_failures", StringComparison.Ordinal);

    private long NowMs => new DateTimeOffset(time.UtcNow()).ToUnixTimeMilliseconds();

    private long WindowMs => options.Value.WindowSeconds * 1_000L;

    /// <summary>The rows, and none at all for somebody who is locked out: part of the claim's own statement.</summary>
    internal IQueryable<GiftCard> Unless(GiftCardsDb context, IQueryable<GiftCard> rows, RedeemAttempt attempt)
    {
        var lock_ = options.Value;
        if (!lock_.IsOn)
        {
            return rows;
        }

        var (member, network, since) = (attempt.Member, attempt.Network, NowMs - WindowMs);
        var (failuresMax, networkFailuresMax) = (lock_.FailuresMax, lock_.NetworkFailuresMax);
        return rows.Where(_ => !context.RedeemFailures.Any(failure => failure.WindowStartedMs > since
            && ((failure.Subject == member && failure.Failures >= failuresMax)
                || (failure.Subject == network && failure.Failures >= networkFailuresMax))));
    }

    /// <summary>Counts a failure; how long its maker is locked out, or null when this one still was within the bounds.</summary>
    internal async Task<Lockout?> CountAsync(RedeemAttempt attempt)
    {
        var (now, lock_) = (NowMs, options.Value);
        if (!lock_.IsOn)
        {
            return null;
        }

        var counts = await db.WriteAsync(
            (context, token) => context.Database
                .SqlQueryRaw<RedeemFailure>(
                    context.IsSqlite ? SqliteCount : PostgresCount, attempt.Member, attempt.Network, now, now - WindowMs)
                .ToListAsync(token),
            CancellationToken.None);
        var exceeded = counts
            .Select(count => (Count: count, Max: count.Subject == attempt.Member ? lock_.FailuresMax : lock_.NetworkFailuresMax))
            .Where(each => each.Count.Failures > each.Max)
            .ToList();
        return exceeded.Count == 0
            ? null
            : exceeded
                .Select(each => new Lockout(
                    TimeSpan.FromMilliseconds(Math.Max(1, each.Count.WindowStartedMs + WindowMs - now)), each.Max, lock_.WindowSeconds))
                .MaxBy(lockout => lockout.Left);
    }

    /// <summary>Forgets counts whose window is over.</summary>
    internal Task<int> ForgetAsync(CancellationToken cancellationToken)
    {
        var since = NowMs - WindowMs;
        return db.WriteAsync(
            (context, token) => context.RedeemFailures.Where(failure => failure.WindowStartedMs <= since).ExecuteDeleteAsync(token),
            cancellationToken);
    }
}

/// <summary>Somebody has to wait.</summary>
/// <param name="Left">How long.</param>
/// <param name="FailuresMax">The bound that was passed.</param>
/// <param name="WindowSeconds">The window of the bound.</param>
internal sealed record Lockout(TimeSpan Left, int FailuresMax, int WindowSeconds);
