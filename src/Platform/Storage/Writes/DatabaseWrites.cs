using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tokens.Platform.Storage.Writes;

/// <summary>
/// Records whether the database takes changes, as far as this host has seen. A refused write turns it to no; only a write that was
/// taken turns it to yes again. While the database takes changes, a check costs no write.
/// </summary>
public sealed partial class DatabaseWrites
{
    private const int ReadOnlyPauses = 30;

    private readonly IWriteProbe _probe;
    private readonly TimeSpan _pause;
    private readonly TimeProvider _time;
    private readonly ILogger<DatabaseWrites> _logger;
    private readonly Lock _lock = new();
    private string? _reason;
    private long _refusals;
    private long? _refusedAt;
    private long? _renewedAt;
    private long? _probedAt;

    internal DatabaseWrites(
        IWriteProbe probe, IOptions<DatabasePipelineOptions> options, TimeProvider time, ILogger<DatabaseWrites> logger)
    {
        _probe = probe;
        _pause = options.Value.WriteProbePause;
        _time = time;
        _logger = logger;
    }

    /// <summary>
    /// Takes note of a fault of the database. True when its work may be repeated on a new session, because sessions that may be
    /// older than the database's present state have just been replaced.
    /// </summary>
    internal bool Observe(Exception fault)
    {
        var wasReadOnly = Reason == WriteFaults.ReadOnly;
        if (WriteFaults.ReasonOf(fault) is { } reason)
        {
            Refuse(reason);
        }

        // While the database is known to be read-only new sessions are so too: to replace them at every refusal would only burden it.
        if (!Postgres.SessionFaults.Covers(fault) || !Take(ref _renewedAt, wasReadOnly ? _pause * ReadOnlyPauses : _pause))
        {
            return false;
        }

        _probe.RenewSessions();
        return true;
    }

    /// <summary>Why the database takes no changes now; null while it does.</summary>
    internal async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        var (reason, refusals) = State;
        if (reason is null)
        {
            if (await _probe.ReadAsync(cancellationToken) is { } found)
            {
                Refuse(found);
            }
        }
        else if (MayProbe(reason))
        {
            if (await _probe.WriteAsync(cancellationToken) is { } still)
            {
                Refuse(still);
            }
            else
            {
                // Before the answer changes, so that no session that is still read-only refuses a write after that.
                _probe.RenewSessions();
                Accept(refusals);
            }
        }

        return State.Reason;
    }

    /// <summary>The reason that was found last; null while changes were taken.</summary>
    internal string? Reason => State.Reason;

    private (string? Reason, long Refusals) State
    {
        get
        {
            lock (_lock)
            {
                return (_reason, _refusals);
            }
        }
    }

    // A small write may still find room on a disk that refuses others, so the probe waits until no write has been refused for a while.
    private bool MayProbe(string reason)
    {
        lock (_lock)
        {
            if (reason != WriteFaults.ReadOnly && !IsOver(_refusedAt, _pause))
            {
                return false;
            }
        }

        return Take(ref _probedAt, _pause);
    }

    // Once a pause, however many ask.
    private bool Take(ref long? lastAt, TimeSpan pause)
    {
        lock (_lock)
        {
            if (!IsOver(lastAt, pause))
            {
                return false;
            }

            lastAt = _time.GetTimestamp();
            return true;
        }
    }

    private bool IsOver(long? since, TimeSpan pause) => since is not { } began || _time.GetElapsedTime(began) >= pause;

    private void Refuse(string reason)
    {
        bool isNew;
        lock (_lock)
        {
            isNew = _reason is null;
            (_reason, _refusedAt) = (reason, _time.GetTimestamp());
            _refusals++;
        }

        if (isNew)
        {
            LogRefused(_logger, reason);
        }
    }

    private void Accept(long refusals)
    {
        lock (_lock)
        {
            if (_refusals != refusals)
            {
                return;
            }

            _reason = null;
        }

        LogAccepted(_logger);
    }

    [LoggerMessage(LogIds.DatabaseWritesRefused, LogLevel.Error, "The database takes no changes: {Reason} Requests that change something are answered with 503 until it does")]
    private static partial void LogRefused(ILogger logger, string reason);

    [LoggerMessage(LogIds.DatabaseWritesAccepted, LogLevel.Information, "The database takes changes again")]
    private static partial void LogAccepted(ILogger logger);
}
