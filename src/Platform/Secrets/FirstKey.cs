using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tokens.Platform.Storage;
using Tokens.Platform.Storage.Schemas;

namespace Tokens.Platform.Secrets;

/// <summary>
/// Makes the first key of an installation, before any host protects something. Data Protection lets hosts that find no key make one
/// each and use the newest that they know, so that a host would not read what another one protects until its key ring is refreshed.
/// </summary>
internal sealed partial class FirstKey(
    IModuleDb<PlatformDb> db,
    [FromKeyedServices(PlatformDb.SchemaName)] IModuleSchema schema,
    IKeyManager keys,
    IOptions<KeyManagementOptions> options,
    ILogger<FirstKey> logger)
{
    // Any number that no other advisory lock on the database uses.
    private const long LockId = 0x6B65_7972_696E_67;

    internal async Task EnsureAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Most starts find a key, and need no lock to see it.
            if ((await schema.PendingAsync(cancellationToken)).Count == 0
                && !await db.ReadAsync((context, token) => context.DataProtectionKeys.AnyAsync(token), cancellationToken))
            {
                await MakeAsync(cancellationToken);
            }
        }
        // Such a host serves what needs no database, and Data Protection makes a key when it needs one.
        catch (DatabaseAwayException away)
        {
            LogNotEnsured(logger, away);
        }
    }

    private Task<bool> MakeAsync(CancellationToken cancellationToken) => db.WriteAsync(
        async (context, token) =>
        {
            // One process has the files of SQLite; on PostgreSQL the lock ends with its transaction.
            await using var transaction = context.IsSqlite ? null : await context.Database.BeginTransactionAsync(token);
            if (transaction is not null)
            {
                await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockId})", token);
            }

            if (await context.DataProtectionKeys.AnyAsync(token))
            {
                return false;
            }

            // The clock that Data Protection reads.
            var now = TimeProvider.System.GetUtcNow();
            keys.CreateNewKey(now, now + options.Value.NewKeyLifetime);
            return true;
        },
        cancellationToken);

    [LoggerMessage(LogIds.FirstKeyNotEnsured, LogLevel.Warning, "Whether there is a key to protect data with could not be found out: the database is away")]
    private static partial void LogNotEnsured(ILogger logger, Exception fault);
}
