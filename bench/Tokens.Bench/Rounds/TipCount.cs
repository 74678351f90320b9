using Npgsql;
using Tokens.Bench.Load;
using Tokens.Bench.Products;

namespace Tokens.Bench.Rounds;

/// <summary>Holds the tips in the ledger against those that were answered.</summary>
internal sealed class TipCount : IAsyncDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    private readonly NpgsqlConnection _connection;
    private readonly Guid[] _fans;
    private long _counted;

    private TipCount(NpgsqlConnection connection, Guid[] fans)
    {
        _connection = connection;
        _fans = fans;
    }

    /// <summary>Tips found in the ledger so far.</summary>
    internal long Posted { get; private set; }

    internal static async Task<TipCount> OpenAsync(string connectionString, IEnumerable<Member> fans, CancellationToken cancellationToken)
    {
        var tips = new TipCount(new NpgsqlConnection(connectionString), [.. fans.Select(fan => fan.Id)]);
        await tips._connection.OpenAsync(cancellationToken);
        tips._counted = await ReadAsync(tips, cancellationToken);
        return tips;
    }

    /// <summary>
    /// What is wrong after a run, or null: every tip that was answered stands in the ledger, and beside them only such as were
    /// under way when the run ended.
    /// </summary>
    internal async Task<string?> CheckAsync(string name, LoadResult run, int inFlightMax, CancellationToken cancellationToken)
    {
        var posted = await SettleAsync(cancellationToken);
        Posted += posted;
        return FaultOf(name, run.Succeeded, posted, inFlightMax);
    }

    internal static string? FaultOf(string name, long answered, long posted, int inFlightMax) =>
        posted >= answered && posted <= answered + inFlightMax
            ? null
            : $"{name}: {answered:N0} tips were answered and {posted:N0} posted, with {inFlightMax:N0} connections.";

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    // Tips under way are posted although nobody waits for them any more; the count is read once it stands still.
    private async Task<long> SettleAsync(CancellationToken cancellationToken)
    {
        var before = _counted;
        long last;
        do
        {
            last = await ReadAsync(this, cancellationToken);
            await Task.Delay(Quiet, TimeProvider.System, cancellationToken);
            _counted = await ReadAsync(this, cancellationToken);
        }
        while (_counted != last);

        return _counted - before;
    }

    // Fans do nothing but tip, and an account's version counts its entries.
    private static async Task<long> ReadAsync(TipCount tips, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT coalesce(sum(version), 0)::bigint FROM wallet.accounts WHERE id = ANY ($1)", tips._connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = tips._fans });
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
