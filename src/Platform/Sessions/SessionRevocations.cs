using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tokens.Platform.Secrets;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;

namespace Tokens.Platform.Sessions;

/// <summary>
/// Sessions that were ended before their time, on whichever host. A host asks the database about a session once in
/// <see cref="SessionOptions.BelievedForMilliseconds"/>, however many requests come.
/// </summary>
public sealed partial class SessionRevocations : IDisposable
{
    // Hosts' clocks differ: a row goes when no clock shows its session alive.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(10);
    private static readonly Word Revoked = new(Task.FromResult(true), AskedAt: null);

    private readonly IModuleDb<PlatformDb> _db;
    private readonly SessionOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<SessionRevocations> _logger;
    private readonly MemoryCache _remembered;

    internal SessionRevocations(
        IModuleDb<PlatformDb> db, IOptions<SessionOptions> options, TimeProvider time, ILogger<SessionRevocations> logger)
    {
        (_db, _options, _time, _logger) = (db, options.Value, time, logger);
        _remembered = new MemoryCache(new MemoryCacheOptions { SizeLimit = _options.RememberedMax });
    }

    /// <summary>Whether the session was revoked: on this host ever, on another host at least a moment ago.</summary>
    public async ValueTask<bool> ContainsAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        if (!_remembered.TryGetValue(sessionId, out Word? word) || !IsFresh(word!))
        {
            // Kept before it is answered, so that requests that come meanwhile share the question.
            word = new Word(AskAsync(sessionId), _time.GetTimestamp());
            Remember(sessionId, word);
        }

        var isRevoked = await word!.IsRevoked.WaitAsync(cancellationToken);
        if (isRevoked && word != Revoked)
        {
            Remember(sessionId, Revoked);
        }

        return isRevoked;
    }

    /// <summary>Ends a session; false when it was ended before.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="expiresAt">When it would have ended by itself.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async Task<bool> AddAsync(Guid sessionId, DateTime expiresAt, CancellationToken cancellationToken)
    {
        var isNew = await TryInsertAsync(new RevokedSession { Id = sessionId, ExpiresAt = Instant.Truncate(expiresAt) }, cancellationToken);
        Remember(sessionId, Revoked);
        if (isNew)
        {
            await RemoveEndedAsync(cancellationToken);
        }

        return isNew;
    }

    /// <inheritdoc />
    public void Dispose() => _remembered.Dispose();

    // The age counts from the asking, because the answer may be as old as that.
    private bool IsFresh(Word word) => word.IsRevoked is { IsFaulted: false, IsCanceled: false }
        && (word.AskedAt is not { } asked || _time.GetElapsedTime(asked).TotalMilliseconds < _options.BelievedForMilliseconds);

    // Belongs to every request that waits for it, so no single one may cancel it.
    private Task<bool> AskAsync(Guid sessionId) => _db.ReadAsync(
        (context, token) => context.RevokedSessions.AnyAsync(session => session.Id == sessionId, token), CancellationToken.None);

    private void Remember(Guid sessionId, Word word)
    {
        using var entry = _remembered.CreateEntry(sessionId);
        entry.SetSize(1).SetSlidingExpiration(Idle).SetValue(word);
    }

    private async Task<bool> TryInsertAsync(RevokedSession session, CancellationToken cancellationToken)
    {
        try
        {
            return await _db.WriteAsync(
                async (context, token) =>
                {
                    context.RevokedSessions.Add(session);
                    await context.SaveChangesAsync(token);
                    return true;
                },
                cancellationToken);
        }
        catch (DbUpdateException fault) when (TransientFaults.IsUniqueViolation(fault))
        {
            return false;
        }
    }

    private async Task RemoveEndedAsync(CancellationToken cancellationToken)
    {
        var before = _time.UtcNow() - Grace;
        try
        {
            await _db.WriteAsync(
                (context, token) => context.RevokedSessions.Where(session => session.ExpiresAt < before)
                    .OrderBy(session => session.ExpiresAt).Take(_options.CleanupBatchSizeMax).ExecuteDeleteAsync(token),
                cancellationToken);
        }
        // The revocation itself is committed; the next one removes what this one could not.
        catch (Exception fault) when (TransientFaults.IsDatabaseFault(fault) || TransientFaults.Covers(fault))
        {
            LogDelayed(_logger, fault);
        }
    }

    [LoggerMessage(LogIds.SessionRevocationsDelayed, LogLevel.Warning, "Rows of ended sessions could not be removed; the next revocation tries again")]
    private static partial void LogDelayed(ILogger logger, Exception fault);

    private sealed record Word(Task<bool> IsRevoked, long? AskedAt);
}
