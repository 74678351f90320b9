using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tokens.GiftCards.Data;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;

namespace Tokens.GiftCards.Redemptions;

/// <summary>
/// Counts failures in the module's own table, so that a restart or another host forgets none: all that wait in one statement and one
/// commit, or a crowd that wants one card would queue for the row of its network.
/// </summary>
internal sealed class FailureCounter : IHostedService
{
    private readonly IModuleDb<GiftCardsDb> _db;
    private readonly RedeemLockOptions _options;
    private readonly TimeProvider _time;
    private readonly GroupCommit<RedeemAttempt, FailureCount> _writer;

    public FailureCounter(
        IModuleDb<GiftCardsDb> db, IOptions<RedeemLockOptions> options, TimeProvider time, ILogger<FailureCounter> logger)
    {
        (_db, _options, _time) = (db, options.Value, time);
        _writer = new GroupCommit<RedeemAttempt, FailureCount>(
            new GroupCommitLimits(_options.QueueCapacity, _options.BatchSizeMax), CommitAsync, logger);
    }

    /// <summary>Counts one failure of the member and of the network; answers when it is stored, with how many there are.</summary>
    /// <exception cref="Platform.Problems.ProblemException">503 <c>overloaded</c>: too many wait to be counted.</exception>
    internal Task<FailureCount> AddAsync(RedeemAttempt attempt) => _writer.AddAsync(attempt);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _writer.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _writer.StopAsync(cancellationToken);

    private async Task<IReadOnlyList<FailureCount>> CommitAsync(IReadOnlyList<RedeemAttempt> attempts)
    {
        // In one order on every host: two that count the same subjects at once would lock each other out.
        var added = attempts.SelectMany(attempt => new[] { attempt.Member, attempt.Network }).CountBy(subject => subject)
            .OrderBy(each => each.Key, StringComparer.Ordinal).ToList();
        var now = new DateTimeOffset(_time.UtcNow()).ToUnixTimeMilliseconds();
        object[] values = [now, now - (_options.WindowSeconds * 1_000L), .. added.SelectMany(each => new object[] { each.Key, each.Value })];
        var stored = await _db.WriteAsync(
            (context, token) => context.Database.SqlQueryRaw<RedeemFailure>(SqlFor(added.Count, context.IsSqlite), values).ToListAsync(token),
            CancellationToken.None);
        return ToEach(attempts, stored.ToDictionary(row => row.Subject), added.ToDictionary(StringComparer.Ordinal));
    }

    /// <summary>Each failure's own number: of those counted together the last one has the sum.</summary>
    private static List<FailureCount> ToEach(
        IReadOnlyList<RedeemAttempt> attempts, Dictionary<string, RedeemFailure> stored, Dictionary<string, int> left)
    {
        var counts = new List<FailureCount>(attempts.Count);
        foreach (var attempt in attempts)
        {
            counts.Add(new FailureCount(Next(attempt.Member), Next(attempt.Network)));
        }

        return counts;

        SubjectCount Next(string subject) =>
            new(stored[subject].Failures - --left[subject], stored[subject].WindowStartedMs);
    }

    private static string SqlFor(int subjects, bool isSqlite)
    {
        var sql = new StringBuilder("INSERT INTO ").Append(isSqlite ? "" : GiftCardsModule.ModuleName + ".")
            .Append("redeem_failures AS known (subject, failures, window_started_ms) VALUES ");
        for (var i = 0; i < subjects; i++)
        {
            sql.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ", ")}({{{2 + (2 * i)}}}, {{{3 + (2 * i)}}}, {{0}})");
        }

        // A window that lies in the future was begun before the clock was set back; it begins anew, so that no lock outlasts its length.
        return sql.Append(
            """

            ON CONFLICT (subject) DO UPDATE SET
                failures = CASE WHEN known.window_started_ms <= {1} THEN excluded.failures ELSE known.failures + excluded.failures END,
                window_started_ms = CASE WHEN known.window_started_ms <= {1} OR known.window_started_ms > {0}
                    THEN {0} ELSE known.window_started_ms END
            RETURNING subject AS "Subject", failures AS "Failures", window_started_ms AS "WindowStartedMs"
            """).ToString();
    }
}

/// <summary>A failure's number among its member's and its network's.</summary>
internal sealed record FailureCount(SubjectCount Member, SubjectCount Network);

/// <summary>A failure's number since a moment, in milliseconds since 1970.</summary>
internal readonly record struct SubjectCount(int Number, long WindowStartedMs);
