namespace Tokens.Platform.Storage.Schemas;

/// <summary>A module's schema in the database: whether it is up to date, and how it becomes so.</summary>
public interface IModuleSchema
{
    /// <summary>Name of the module.</summary>
    string Name { get; }

    /// <summary>Names of the migrations that aren't applied yet.</summary>
    Task<IReadOnlyList<string>> PendingAsync(CancellationToken cancellationToken);

    /// <summary>Applies them.</summary>
    Task MigrateAsync(CancellationToken cancellationToken);
}
