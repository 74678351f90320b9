namespace Tokens.Platform.Storage;

/// <summary>Where the modules keep their rows.</summary>
public enum StorageProvider
{
    /// <summary>One file a module under the data directory, for one process: the embedded default.</summary>
    Sqlite,

    /// <summary>One schema a module in one database, for any number of hosts: production.</summary>
    Postgres,
}
