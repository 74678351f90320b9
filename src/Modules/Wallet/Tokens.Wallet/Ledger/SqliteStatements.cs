using Microsoft.Data.Sqlite;

namespace Tokens.Wallet.Ledger;

/// <summary>Statements of one SQLite transaction, prepared once a batch and run with many values.</summary>
internal sealed class SqliteStatements(SqliteConnection connection, SqliteTransaction transaction)
{
    internal SqliteCommand Prepare(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var name in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        return command;
    }

    internal static SqliteCommand Set(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }
}
