namespace Tokens.Platform.Storage.Writes;

/// <summary>Finds out whether the database takes changes. Faults that say nothing about that are thrown.</summary>
internal interface IWriteProbe
{
    /// <summary>What the database says without a write: why it takes no changes; null where it may take some.</summary>
    Task<string?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Writes a little that leaves nothing behind: why that was refused; null where it was taken.</summary>
    Task<string?> WriteAsync(CancellationToken cancellationToken);

    /// <summary>Replaces sessions that may keep what held before.</summary>
    void RenewSessions();
}
