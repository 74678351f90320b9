using Microsoft.Extensions.Logging;
using Npgsql;

namespace Tokens.Platform.Storage.Postgres;

/// <summary>
/// Checks at the start that each connection has a session of its own. Advisory locks, session settings and prepared statements
/// belong to sessions; a pooler that lends a session for one transaction would lose them without a word.
/// </summary>
public sealed partial class ConnectionCheck(StorageSettings storage, DatabasePipeline database, ILogger<ConnectionCheck> logger)
{
    private const string Probe = "tokens.probe";
    private const int OthersMax = 2;

    private const string NoSessions =
        "DATABASE_URL leads through a pooler in transaction or statement mode, which the product doesn't support. "
        + "Use the server's own address, or a pooler in session mode (and then the parameter pgbouncer=true).";

    private const string NoSettings =
        "DATABASE_URL leads through a pooler that doesn't pass the startup parameter 'options' on. "
        + "Use the server's own address, or add the parameter pgbouncer=true where the pooler is in session mode.";

    /// <summary>Logs what has no effect in <c>DATABASE_URL</c>, and checks the connection; nothing on SQLite.</summary>
    /// <exception cref="UnsupportedPoolerException">A pooler lends sessions for transactions, or drops session settings.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var warning in storage.Warnings)
        {
            LogWarning(logger, warning);
        }

        if (storage.PostgresConnectionString is { } connectionString)
        {
            await database.RunAsync("platform.check", token => CheckAsync(connectionString, token), cancellationToken);
        }
    }

    private static async Task<bool> CheckAsync(string connectionString, CancellationToken cancellationToken)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, ApplicationName = "tokens.check" };
            if (!settings.NoResetOnClose)
            {
                settings.Options = ServerSettings.Join(settings.Options, $"-c {Probe}=on");
            }

            await using var connection = new NpgsqlConnection(settings.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand($"SELECT current_setting('{Probe}', true) = 'on'", connection);
            if (!settings.NoResetOnClose && await command.ExecuteScalarAsync(cancellationToken) is not true)
            {
                throw new UnsupportedPoolerException(NoSettings);
            }

            // A pooler gives its clients numbers of its own.
            var session = await SessionOfAsync(connection, cancellationToken);
            if (session != connection.ProcessID && await IsLentAsync(settings.ConnectionString, connection, session, cancellationToken))
            {
                throw new UnsupportedPoolerException(NoSessions);
            }

            return true;
        }
        catch (PostgresException refused) when (refused.MessageText.Contains("startup parameter", StringComparison.Ordinal))
        {
            throw new UnsupportedPoolerException(NoSettings);
        }
        catch (PostgresException refused) when (refused.MessageText.Contains("pooling mode", StringComparison.Ordinal))
        {
            throw new UnsupportedPoolerException(NoSessions);
        }
    }

    // Whether another connection is given the session of the first, which is open but has no transaction, or the first is given another.
    private static async Task<bool> IsLentAsync(
        string connectionString, NpgsqlConnection first, int session, CancellationToken cancellationToken)
    {
        var others = new List<NpgsqlConnection>();
        try
        {
            for (var i = 0; i < OthersMax; i++)
            {
                var other = new NpgsqlConnection(connectionString);
                others.Add(other);
                await other.OpenAsync(cancellationToken);
                await using var begin = new NpgsqlCommand("BEGIN", other);
                await begin.ExecuteNonQueryAsync(cancellationToken);
                if (await SessionOfAsync(other, cancellationToken) == session)
                {
                    return true;
                }
            }

            return await SessionOfAsync(first, cancellationToken) != session;
        }
        finally
        {
            foreach (var other in others)
            {
                await other.DisposeAsync();
            }
        }
    }

    private static async Task<int> SessionOfAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT pg_backend_pid()", connection);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    [LoggerMessage(LogIds.ConnectionCheckWarning, LogLevel.Warning, "{Warning}")]
    private static partial void LogWarning(ILogger logger, string warning);
}
