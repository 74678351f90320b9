namespace Tokens.Platform.Storage;

/// <summary>A module's way to its tables on whichever provider is configured; every use of a context goes through here.</summary>
/// <typeparam name="TDb">The module's context.</typeparam>
public interface IModuleDb<TDb>
    where TDb : ModuleDbContext
{
    /// <summary>Runs work that only reads, on a context of its own.</summary>
    Task<T> ReadAsync<T>(Func<TDb, CancellationToken, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>
    /// Runs work that writes, on a context of its own; on SQLite one writer a file at a time. The work saves its changes itself.
    /// </summary>
    Task<T> WriteAsync<T>(Func<TDb, CancellationToken, Task<T>> work, CancellationToken cancellationToken);
}
