using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Tokens.Platform.Storage.Sqlite;

namespace Tokens.Payments.Events;

/// <summary>One transaction a batch, through the file's one write gate.</summary>
internal sealed class SqliteInboxStore([FromKeyedServices(PaymentsModule.ModuleName)] SqliteFile file) : IInboxStore, IDisposable
{
    private const string Insert =
        """
        INSERT INTO stripe_events
            (id, type, payment_intent_id, purchase_id, amount_minor, currency, created_at, received_at, trace_parent, status, failures,
             next_attempt_at)
        VALUES ($id, $type, $intent, $purchase, $amount, $currency, $created, $received, $trace, 'pending', 0, $received)
        ON CONFLICT (id) DO NOTHING
        """;

    private static readonly string[] Parameters =
        ["$id", "$type", "$intent", "$purchase", "$amount", "$currency", "$created", "$received", "$trace"];

    private SqliteConnection? _connection;

    public async Task<IReadOnlyList<bool>> AddAsync(IReadOnlyList<StripeEvent> events, CancellationToken cancellationToken)
    {
        using var turn = await file.EnterWriteAsync(cancellationToken);
        try
        {
            return Add(_connection ??= file.Open(), events);
        }
        catch
        {
            // Whatever broke, the connection's state isn't known: the next batch gets a new one.
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private static List<bool> Add(SqliteConnection connection, IReadOnlyList<StripeEvent> events)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = Insert;
        foreach (var name in Parameters)
        {
            insert.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        var areNew = new List<bool>(events.Count);
        foreach (var row in events)
        {
            object[] values =
            [
                row.Id, row.Type, row.PaymentIntentId, SqliteValues.ToBytes(row.PurchaseId), row.AmountMinor, row.Currency,
                SqliteValues.ToMilliseconds(row.CreatedAt), SqliteValues.ToMilliseconds(row.ReceivedAt), row.TraceParent ?? (object)DBNull.Value,
            ];
            for (var i = 0; i < values.Length; i++)
            {
                insert.Parameters[i].Value = values[i];
            }

            areNew.Add(insert.ExecuteNonQuery() == 1);
        }

        transaction.Commit();
        return areNew;
    }
}
