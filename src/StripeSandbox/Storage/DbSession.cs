using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Tokens.StripeSandbox.Storage;

/// <summary>One transaction on the database: what a request reads and writes.</summary>
internal sealed class DbSession(SqliteConnection connection, SqliteTransaction transaction)
{
    private List<Action>? afterCommit;

    /// <summary>Has <paramref name="action"/>, which must not throw, run once the transaction is on the disk, before the next one begins.</summary>
    internal void AfterCommit(Action action) => (afterCommit ??= []).Add(action);

    internal void Committed() => afterCommit?.ForEach(static action => action());

    internal int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    internal T? Scalar<T>(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        return (T?)command.ExecuteScalar();
    }

    internal List<T> Query<T>(
        string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    [SuppressMessage("Security", "CA2100", Justification = "Every statement is a literal of this assembly; values are parameters.")]
    private SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = new SqliteCommand(sql, connection, transaction);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
