using System.Data.Common;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Tokens.Platform.Storage.Postgres;

/// <summary>A module's connections to PostgreSQL.</summary>
public sealed class PostgresPool : IAsyncDisposable
{
    // Queries here run for milliseconds, and the server would compile for a hundred those whose cost it overestimates.
    private const string NoCompiling = "-c jit=off";
    private const int PreparedMax = 50;

    private readonly string _connectionString;
    private readonly PostgresOptions _options;
    private readonly PostgresSessions _sessions;
    private readonly ILoggerFactory _logs;

    internal PostgresPool(string module, string connectionString, PostgresOptions options, PostgresSessions sessions, ILoggerFactory logs)
    {
        _connectionString = connectionString;
        _options = options;
        _sessions = sessions;
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
        var given = new DbConnectionStringBuilder { ConnectionString = _connectionString };
        var connection = new NpgsqlConnectionStringBuilder(_connectionString)
        {
            MaxPoolSize = connectionsMax,
            CommandTimeout = _options.CommandTimeoutSeconds,
        };
        connection.ApplicationName = (connection.ApplicationName is { } own ? own + "." : "tokens.") + name;
        connection.Timeout = given.ContainsKey("Timeout") ? connection.Timeout : _options.ConnectTimeoutSeconds;
        connection.MaxAutoPrepare = given.ContainsKey("Max Auto Prepare") ? connection.MaxAutoPrepare : PreparedMax;

        var source = connection.NoResetOnClose ? BuildBehindPooler(connection, settings) : Build(connection, settings);
        _sessions.Add(source);
        return source;

        NpgsqlDataSource Build(NpgsqlConnectionStringBuilder connection, string settings)
        {
            connection.Options = ServerSettings.Join(NoCompiling, connection.Options, settings);
            return BuilderOf(connection, name).Build();
        }

        // Poolers refuse the startup parameter 'options'. Nothing resets these sessions, so what is set once stays.
        NpgsqlDataSource BuildBehindPooler(NpgsqlConnectionStringBuilder connection, string settings)
        {
            var statements = ServerSettings.ToStatements(ServerSettings.Join(NoCompiling, settings));
            return BuilderOf(connection, name).UsePhysicalConnectionInitializer(
                opened =>
                {
                    using var command = new NpgsqlCommand(statements, opened);
                    command.ExecuteNonQuery();
                },
                async opened =>
                {
                    await using var command = new NpgsqlCommand(statements, opened);
                    await command.ExecuteNonQueryAsync();
                }).Build();
        }
    }

    // Named, because the metrics' pool tag would otherwise be the connection string.
    private NpgsqlDataSourceBuilder BuilderOf(NpgsqlConnectionStringBuilder connection, string name) =>
        new NpgsqlDataSourceBuilder(connection.ConnectionString) { Name = name }
            .UseLoggerFactory(_logs)
            .ConfigureTracing(tracing => tracing.ConfigureCommandFilter(_ => IsPartOfATrace).ConfigureBatchFilter(_ => IsPartOfATrace));

    // Each look of a worker into its table would otherwise be a trace of its own.
    private static bool IsPartOfATrace => Activity.Current is not null;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
