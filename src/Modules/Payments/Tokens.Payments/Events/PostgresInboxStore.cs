using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using Tokens.Platform.Storage.Postgres;

namespace Tokens.Payments.Events;

/// <summary>One statement a batch, on connections of its own: purchases that hold all others don't keep events waiting.</summary>
internal sealed class PostgresInboxStore(
    [FromKeyedServices(PaymentsModule.ModuleName)] PostgresPool pool, IOptions<WebhookOptions> options) : IInboxStore, IAsyncDisposable
{
    private const int ConnectionsMax = 2;

    private const string Insert =
        """
        INSERT INTO payments.stripe_events
            (id, type, payment_intent_id, purchase_id, amount_minor, currency, created_at, received_at, trace_parent, status, failures,
             next_attempt_at)
        SELECT id, type, payment_intent_id, purchase_id, amount_minor, currency, created_at, received_at, trace_parent, 'pending', 0,
            received_at
        FROM unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::bigint[], $6::text[], $7::timestamptz[], $8::timestamptz[],
            $9::text[])
            AS event (id, type, payment_intent_id, purchase_id, amount_minor, currency, created_at, received_at, trace_parent)
        ON CONFLICT (id) DO NOTHING
        RETURNING id
        """;

    private readonly NpgsqlDataSource _source = pool.CreateSource(
        "payments.inbox", ConnectionsMax, $"-c statement_timeout={options.Value.StoreTimeoutMilliseconds}");

    public async Task<IReadOnlyList<bool>> AddAsync(IReadOnlyList<StripeEvent> events, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var added = await InsertAsync(connection, events, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        // The first of equal events is the new one.
        return [.. events.Select(each => added.Remove(each.Id))];
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static async Task<HashSet<string>> InsertAsync(
        NpgsqlConnection connection, IReadOnlyList<StripeEvent> events, CancellationToken cancellationToken)
    {
        // In one order on every host: two that get the same events at once would lock each other out.
        StripeEvent[] rows = [.. events.OrderBy(each => each.Id, StringComparer.Ordinal)];
        await using var command = new NpgsqlCommand(Insert, connection);
        Add(command, rows, row => row.Id);
        Add(command, rows, row => row.Type);
        Add(command, rows, row => row.PaymentIntentId);
        Add(command, rows, row => row.PurchaseId);
        Add(command, rows, row => row.AmountMinor);
        Add(command, rows, row => row.Currency);
        Add(command, rows, row => row.CreatedAt);
        Add(command, rows, row => row.ReceivedAt);
        Add(command, rows, row => row.TraceParent);
        var added = new HashSet<string>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            added.Add(reader.GetString(0));
        }

        return added;
    }

    private static void Add<T>(NpgsqlCommand command, StripeEvent[] rows, Converter<StripeEvent, T> value) =>
        command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = Array.ConvertAll(rows, value) });
}
