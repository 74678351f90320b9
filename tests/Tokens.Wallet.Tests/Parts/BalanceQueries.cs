using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using Tokens.Testing.Products;

namespace Tokens.Wallet.Tests.Parts;

/// <summary>
/// Sees every statement that EF Core sends to the database of one storage, whichever host sends it. Made before the hosts: EF Core looks
/// only once a second whether anybody listens.
/// </summary>
internal sealed class BalanceQueries : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly string _place;
    private readonly ConcurrentQueue<string> _statements = new();
    private readonly ConcurrentBag<IDisposable> _subscriptions = [];

    private BalanceQueries(string place) => _place = place;

    /// <summary>Statements that read one member's balance.</summary>
    internal int Count => Statements.Count(text =>
        text.StartsWith("SELECT", StringComparison.Ordinal)
        && text.Contains("balance_tokens", StringComparison.Ordinal)
        && !text.Contains("transfers", StringComparison.Ordinal));

    internal IReadOnlyCollection<string> Statements => _statements;

    internal static BalanceQueries Of(Storage storage)
    {
        var url = storage.Settings["DATABASE_URL"];
        var queries = new BalanceQueries(url is { Length: > 0 } ? new NpgsqlConnectionStringBuilder(url).Database! : storage.DataDirectory);
        queries._subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(queries));
        return queries;
    }

    internal void Forget() => _statements.Clear();

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
        {
            _subscriptions.Add(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == RelationalEventId.CommandExecuting.Name
            && value.Value is CommandEventData { Command: { Connection: { } connection } command }
            && IsHere(connection))
        {
            _statements.Enqueue(command.CommandText);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.Dispose();
        }
    }

    private bool IsHere(DbConnection connection) => connection is SqliteConnection
        ? connection.DataSource.StartsWith(_place, StringComparison.Ordinal)
        : connection.Database == _place;

    private static class DbLoggerCategory
    {
        internal const string Name = "Microsoft.EntityFrameworkCore";
    }
}
