using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Tokens.Payments.Data;
using Tokens.Payments.Parking;
using Tokens.Payments.Purchases;
using Tokens.Platform.Storage;
using Tokens.Platform.Storage.Sqlite;
using Tokens.Platform.Time;

namespace Tokens.Payments.Settlement;

/// <summary>Which purchases are to be looked at, and when.</summary>
internal sealed class DuePurchases(
    IModuleDb<PaymentsDb> db, CheckSchedule schedule, PurchaseClaims claims, IOptions<SettlementOptions> options, TimeProvider time)
{
    // The attempt that is one too many parks the purchase in the statement that counts it.
    private const string PutOff =
        """
        SET failures = failures + {1},
            parked_reason = CASE WHEN failures + {1} >= {2} THEN {3} ELSE parked_reason END,
            next_check_at = CASE WHEN failures + {1} >= {2} THEN NULL ELSE {4} END,
            claimed_until = NULL,
            version = version + 1
        WHERE id = {0} AND next_check_at IS NOT NULL RETURNING *
        """;

    private const string PutOffOnPostgres = "UPDATE payments.purchases " + PutOff;
    private const string PutOffOnSqlite = "UPDATE purchases " + PutOff;

    /// <summary>Those that are due and in nobody's hands, the longest waiting first.</summary>
    internal Task<List<Guid>> ListAsync(CancellationToken cancellationToken)
    {
        var (free, due) = (claims.Free, schedule.Due);
        return db.ReadAsync(
            (context, token) => context.Purchases
                .Where(free)
                .Where(PurchaseClaims.IsDue(due))
                .OrderBy(p => p.NextCheckAt)
                .Select(p => p.Id)
                .Take(options.Value.BatchMax)
                .ToListAsync(token),
            cancellationToken);
    }

    /// <summary>Makes a purchase due whose member is said to have authenticated, or not; one that a drive is at is left to it.</summary>
    internal Task<int> CallAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = time.UtcNow();
        var free = claims.Free;
        return db.WriteAsync(
            (context, token) => context.Purchases
                .Where(free)
                .Where(p => p.Id == id && p.Status == PurchaseStatus.RequiresAction && p.ParkedReason == null)
                .ExecuteUpdateAsync(
                    row => row
                        .SetProperty(p => p.NextCheckAt, now)
                        .SetProperty(p => p.UpdatedAt, now)
                        .SetProperty(p => p.Version, p => p.Version + 1),
                    token),
            cancellationToken);
    }

    /// <summary>Puts a purchase off whose drive failed; true when that was once too often, and it is parked instead.</summary>
    /// <param name="id">The purchase.</param>
    /// <param name="until">When it is due again.</param>
    /// <param name="isPassing">Whether the fault says nothing about the purchase, and doesn't count.</param>
    internal async Task<bool> PutOffAsync(Guid id, DateTime until, bool isPassing)
    {
        var failure = isPassing ? 0 : 1;
        var (failuresMax, reason) = (options.Value.FailuresMax, ParkedReason.KeepsFailing);
        var rows = await db.WriteAsync(
            (context, token) => (context.IsSqlite
                    ? context.Purchases.FromSqlRaw(
                        PutOffOnSqlite, SqliteValues.ToBytes(id), failure, failuresMax, reason, SqliteValues.ToMilliseconds(until))
                    : context.Purchases.FromSqlRaw(PutOffOnPostgres, id, failure, failuresMax, reason, until))
                .AsNoTracking().ToListAsync(token),
            CancellationToken.None);
        return rows is [{ ParkedReason: not null }];
    }
}
