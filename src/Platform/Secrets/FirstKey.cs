using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Tokens.Platform.Storage;

namespace Tokens.Platform.Secrets;

/// <summary>
/// Makes the first key of an installation, before any host protects something. Data Protection lets hosts that find no key make one
/// each and use the newest that they know, so that a host would not read what another one protects until its key ring is refreshed.
/// </summary>
internal sealed class FirstKey(IModuleDb<PlatformDb> db, IKeyManager keys, IOptions<KeyManagementOptions> options)
{
    // Any number that no other advisory lock on the database uses.
    private const long LockId = 0x6B65_7972_696E_67;

    internal Task EnsureAsync(CancellationToken cancellationToken) => db.WriteAsync(
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
}
