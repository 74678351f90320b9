using Microsoft.EntityFrameworkCore;
using Tokens.Platform.Storage.Sqlite;

namespace Tokens.Platform.Storage;

internal sealed class ModuleDb<TDb, TContext>(
    string module, IDbContextFactory<TContext> contexts, SqliteFile? file, DatabasePipeline pipeline) : IModuleDb<TDb>
    where TDb : ModuleDbContext
    where TContext : TDb
{
    private readonly string _read = module + ".read";
    private readonly string _write = module + ".write";

    public Task<T> ReadAsync<T>(Func<TDb, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        pipeline.RunAsync(_read, token => RunAtLengthAsync(work, token), cancellationToken);

    public Task<T> WriteAsync<T>(Func<TDb, CancellationToken, Task<T>> work, CancellationToken cancellationToken) => pipeline.RunAsync(
        _write,
        async token =>
        {
            using var turn = file is null ? null : await file.EnterWriteAsync(token);
            return await RunAtLengthAsync(work, token);
        },
        cancellationToken);

    public async Task<T> ReadAtLengthAsync<T>(Func<TDb, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await pipeline.RunAsync(_read, token => OpenAsync(db, token), cancellationToken);
        return await work(db, cancellationToken);
    }

    public async Task<T> RunAtLengthAsync<T>(Func<TDb, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await work(db, cancellationToken);
    }

    private static async Task<bool> OpenAsync(TDb db, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await db.Database.ExecuteSqlRawAsync("SELECT 1", cancellationToken);
            return true;
        }
        catch
        {
            await db.Database.CloseConnectionAsync();
            throw;
        }
    }
}
