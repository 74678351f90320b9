using Microsoft.EntityFrameworkCore;
using Tokens.Platform.Storage.Sqlite;

namespace Tokens.Platform.Storage;

internal sealed class ModuleDb<TDb, TContext>(IDbContextFactory<TContext> contexts, SqliteFile? file) : IModuleDb<TDb>
    where TDb : ModuleDbContext
    where TContext : TDb
{
    public async Task<T> ReadAsync<T>(Func<TDb, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await work(db, cancellationToken);
    }

    public async Task<T> WriteAsync<T>(Func<TDb, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var turn = file is null ? null : await file.EnterWriteAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await work(db, cancellationToken);
    }
}
