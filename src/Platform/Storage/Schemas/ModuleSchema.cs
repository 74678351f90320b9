using Microsoft.EntityFrameworkCore;

namespace Tokens.Platform.Storage.Schemas;

internal sealed class ModuleSchema<TDb>(string name, IModuleDb<TDb> db) : IModuleSchema
    where TDb : ModuleDbContext
{
    public string Name { get; } = name;

    public Task<IReadOnlyList<string>> PendingAsync(CancellationToken cancellationToken) =>
        db.ReadAsync<IReadOnlyList<string>>(async (context, token) => [.. await context.Database.GetPendingMigrationsAsync(token)], cancellationToken);

    public Task MigrateAsync(CancellationToken cancellationToken) =>
        db.RunAtLengthAsync(
            async (context, token) =>
            {
                if (context.IsSqlite)
                {
                    await ReleaseAbandonedLockAsync(context, token);
                }

                await context.Database.MigrateAsync(token);
                return true;
            },
            cancellationToken);

    // EF Core's migration lock on SQLite is a row without owner or expiry: a process killed while it held it would block every
    // later start. Under the lock on the data directory no other process can be migrating, so a row found here is abandoned.
    private static async Task ReleaseAbandonedLockAsync(TDb context, CancellationToken cancellationToken)
    {
        const string Exists = "SELECT COUNT(*) AS \"Value\" FROM sqlite_master WHERE type = 'table' AND name = '__EFMigrationsLock'";
        if (await context.Database.CanConnectAsync(cancellationToken)
            && await context.Database.SqlQueryRaw<int>(Exists).SingleAsync(cancellationToken) > 0)
        {
            await context.Database.ExecuteSqlRawAsync("DELETE FROM \"__EFMigrationsLock\"", cancellationToken);
        }
    }
}
