using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tokens.Payments.Data;
using Tokens.Platform.Storage;
using Tokens.Platform.Storage.Sqlite;
using Tokens.Platform.Time;

namespace Tokens.Payments.Events;

/// <summary>
/// Hands each due event to one worker of one host, until its lease ends, and stores how it ended. A host that dies gives its events
/// back by saying nothing.
/// </summary>
internal sealed class EventLeases
{
    // The pauses of what never failed are short, so that what a clock ahead has written waits for no long one.
    private const string IsDue = "next_attempt_at <= {0} OR next_attempt_at > {4} OR (failures = 0 AND next_attempt_at > {3})";

    // Rows that another host is taking are passed over, so that hosts never wait for each other.
    private const string TakeOnPostgres =
        $$"""
        WITH due AS MATERIALIZED (
            SELECT id FROM payments.stripe_events WHERE {{IsDue}} ORDER BY next_attempt_at LIMIT {1} FOR UPDATE SKIP LOCKED)
        UPDATE payments.stripe_events AS event SET next_attempt_at = {2} FROM due WHERE event.id = due.id RETURNING event.*
        """;

    private const string TakeOnSqlite =
        $$"""
        UPDATE stripe_events SET next_attempt_at = {2}
        WHERE id IN (SELECT id FROM stripe_events WHERE {{IsDue}} ORDER BY next_attempt_at LIMIT {1}) RETURNING *
        """;

    private readonly IModuleDb<PaymentsDb> _db;
    private readonly WebhookOptions _options;
    private readonly TimeProvider _time;
    private readonly GroupCommit<Ending, bool> _endings;

    public EventLeases(IModuleDb<PaymentsDb> db, IOptions<WebhookOptions> options, TimeProvider time, ILogger<EventLeases> logger)
    {
        (_db, _options, _time) = (db, options.Value, time);
        _endings = new GroupCommit<Ending, bool>(new GroupCommitLimits(_options.WorkersMax, _options.WorkersMax), StoreAsync, logger);
    }

    internal void Start() => _endings.Start();

    internal Task StopAsync(CancellationToken cancellationToken) => _endings.StopAsync(cancellationToken);

    /// <summary>
    /// Takes what is due, oldest first and at most one lot; until its <see cref="StripeEvent.NextAttemptAt"/> it is this host's.
    /// </summary>
    internal async Task<IReadOnlyList<StripeEvent>> TakeAsync(CancellationToken cancellationToken)
    {
        var (now, latestFirst) = DueTimes.OfEnds(_time, _options.FirstPauseMax);
        var latest = DueTimes.OfEnds(_time, _options.PauseMax).Latest;
        var until = now + _options.Lease;
        return await _db.WriteAsync(
            (context, token) => (context.IsSqlite
                    ? context.StripeEvents.FromSqlRaw(
                        TakeOnSqlite,
                        SqliteValues.ToMilliseconds(now),
                        _options.LotSizeMax,
                        SqliteValues.ToMilliseconds(until),
                        SqliteValues.ToMilliseconds(latestFirst),
                        SqliteValues.ToMilliseconds(latest))
                    : context.StripeEvents.FromSqlRaw(TakeOnPostgres, now, _options.LotSizeMax, until, latestFirst, latest))
                .AsNoTracking().ToListAsync(token),
            cancellationToken);
    }

    /// <summary>Stores how the event ended, together with others; what another worker has taken since stays as it is.</summary>
    /// <param name="stripeEvent">The event as it is now.</param>
    /// <param name="lease">The end of its lease, as it was taken.</param>
    internal Task EndAsync(StripeEvent stripeEvent, DateTime lease) => _endings.AddAsync(new Ending(stripeEvent, lease));

    private Task<IReadOnlyList<bool>> StoreAsync(IReadOnlyList<Ending> endings) => _db.WriteAsync<IReadOnlyList<bool>>(
        async (context, token) =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync(token);
            // Nearly all end alike, and are one statement.
            foreach (var alike in endings.GroupBy(ending => (ending.Lease, ending.Event.Outcome), ending => ending.Event.Id))
            {
                await StoreAsync(context, alike.Key.Lease, alike.Key.Outcome, [.. alike], token);
            }

            await transaction.CommitAsync(token);
            return [.. endings.Select(_ => true)];
        },
        CancellationToken.None);

    private Task<int> StoreAsync(
        PaymentsDb context, DateTime lease, StripeEventOutcome outcome, string[] ids, CancellationToken cancellationToken)
    {
        DateTime? finishedAt = outcome.Status == StripeEventStatus.Pending ? null : _time.UtcNow();
        return context.StripeEvents.Where(e => ids.Contains(e.Id) && e.NextAttemptAt == lease).ExecuteUpdateAsync(
            set => set.SetProperty(e => e.Status, outcome.Status)
                .SetProperty(e => e.Failures, outcome.Failures)
                .SetProperty(e => e.NextAttemptAt, outcome.NextAttemptAt)
                .SetProperty(e => e.ParkedReason, outcome.ParkedReason)
                .SetProperty(e => e.FinishedAt, finishedAt),
            cancellationToken);
    }

    private readonly record struct Ending(StripeEvent Event, DateTime Lease);
}
