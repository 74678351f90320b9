using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Tokens.Platform.Storage.Postgres;

/// <summary>A module's connections to PostgreSQL.</summary>
public sealed class PostgresPool : IAsyncDisposable
{
    // Queries here run for milliseconds, and the server would compile for a hundred those whose cost it overestimates.
    private const string NoCompiling = "-c jit=off";

    private readonly string _connectionString;
    private readonly PostgresOptions _options;
    private readonly ILoggerFactory _logs;

    internal PostgresPool(string module, string connectionString, PostgresOptions options, ILoggerFactory logs)
    {
        _connectionString = connectionString;
        _options = options;
        _logs = logs;
        Module = module;
        Source = CreateSource(module, options.PoolSizeMax, settings: "");
    }

    /// <summary>Name of the module whose pool this is.</summary>
    public string Module { get; }

    /// <summary>The module's general pool.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>A pool of its own for work that needs other session settings; the caller disposes it.</summary>
    /// <param name="name">Names the pool in metrics.</param>
    /// <param name="connectionsMax">Most connections it holds.</param>
    /// <param name="settings">Server settings as in <c>-c lock_timeout=1000</c>.</param>
    public NpgsqlDataSource CreateSource(string name, int connectionsMax, string settings)
    {
        var connection = new NpgsqlConnectionStringBuilder(_connectionString)
        {
            MaxPoolSize = connectionsMax,
            Timeout = _options.ConnectTimeoutSeconds,
            CommandTimeout = _options.CommandTimeoutSeconds,
            ApplicationName = "tokens." + name,
            MaxAutoPrepare = 50,
        };
        connection.Options = string.Join(' ', NoCompiling, connection.Options, settings).Trim();

        // Named, because the metrics' pool tag would otherwise be the connection string.
        return new NpgsqlDataSourceBuilder(connection.ConnectionString) { Name = name }
            .UseLoggerFactory(_logs)
            .ConfigureTracing(tracing => tracing.ConfigureCommandFilter(_ => IsPartOfATrace).ConfigureBatchFilter(_ => IsPartOfATrace))
            .Build();
    }

    // Each look of a worker into its table would otherwise be a trace of its own.
    private static bool IsPartOfATrace => Activity.Current is not null;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
