using System.ComponentModel.DataAnnotations;

namespace Tokens.Platform.Storage.Postgres;

/// <summary>Section <c>Postgres</c>: the connections that each module of one host may hold.</summary>
public sealed class PostgresOptions
{
    /// <summary>Most connections a module keeps open, 1 to 500.</summary>
    [Range(1, 500)]
    public int PoolSizeMax { get; set; } = 20;

    /// <summary>Seconds until an attempt to connect is given up, 1 to 60.</summary>
    [Range(1, 60)]
    public int ConnectTimeoutSeconds { get; set; } = 5;

    /// <summary>Seconds until a statement is given up, 1 to 600.</summary>
    [Range(1, 600)]
    public int CommandTimeoutSeconds { get; set; } = 30;
}
