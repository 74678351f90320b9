namespace Tokens.Platform.Storage;

/// <summary>
/// A module's way to its tables on whichever provider is configured; every use of a context goes through here. Work runs in the pipeline
/// <c>database</c>: it is repeated, on a new context, while the database is away or busy, also when its commit may have succeeded. So
/// it makes its ids beforehand, and says in its conditions what must still hold.
/// </summary>
/// <typeparam name="TDb">The module's context.</typeparam>
public interface IModuleDb<TDb>
    where TDb : ModuleDbContext
{
    /// <summary>Runs work that only reads, on a context of its own.</summary>
    /// <exception cref="DatabaseAwayException">The database can't be reached in time, or was given up for now.</exception>
    Task<T> ReadAsync<T>(Func<TDb, CancellationToken, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>
    /// Runs work that writes, on a context of its own; on SQLite one writer a file at a time. The work saves its changes itself.
    /// </summary>
    /// <exception cref="DatabaseAwayException">The database can't be reached in time, or was given up for now.</exception>
    Task<T> WriteAsync<T>(Func<TDb, CancellationToken, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>
    /// Runs work that only reads and takes as long as it takes, such as a recount: once, outside the pipeline, but on a connection that
    /// has just answered in it. One that broke unused is changed for another.
    /// </summary>
    /// <exception cref="DatabaseAwayException">The database can't be reached in time, or was given up for now.</exception>
    Task<T> ReadAtLengthAsync<T>(Func<TDb, CancellationToken, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>Runs work that takes as long as it takes, such as a migration: once, outside the pipeline.</summary>
    Task<T> RunAtLengthAsync<T>(Func<TDb, CancellationToken, Task<T>> work, CancellationToken cancellationToken);
}
