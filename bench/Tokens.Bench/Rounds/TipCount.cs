using Npgsql;
using Tokens.Bench.Load;
using Tokens.Bench.Products;

namespace Tokens.Bench.Rounds;

/// <summary>Holds the tips in the ledger against those that were answered, by the keys of each run.</summary>
internal sealed class TipCount(NpgsqlDataSource source, IEnumerable<Member> fans)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500);

    // By each fan, so that the index on keys serves it however long the ledger is.
    private const string Count = """
        SELECT count(*) FROM unnest($1) AS f (id)
        JOIN wallet.transfers t ON t.caller_id = f.id AND t.route = 'tip' AND t.idempotency_key >= $2 AND t.idempotency_key < $3
        """;

    private readonly Guid[] _fans = [.. fans.Select(fan => fan.Id)];
    private readonly List<string> _keys = [];

    /// <summary>
    /// What is wrong after a run, or null: every tip that was answered stands in the ledger, and beside them only such as were
    /// under way when the run ended. Waits for those, so that they don't weigh on the next case.
    /// </summary>
    internal async Task<string?> CheckAsync(string name, LoadResult run, int inFlightMax, CancellationToken cancellationToken)
    {
        var keys = run.Keys ?? throw new ArgumentException("A run of tips names its keys.", nameof(run));
        _keys.Add(keys);
        return FaultOf(name, run.Succeeded, await SettleAsync(() => PostedAsync(keys, cancellationToken), cancellationToken), inFlightMax);
    }

    /// <summary>All tips of all runs.</summary>
    internal Task<long> SettleAsync(CancellationToken cancellationToken) => SettleAsync(() => AllAsync(cancellationToken), cancellationToken);

    internal static string? FaultOf(string name, long answered, long posted, int inFlightMax) =>
        posted >= answered && posted <= answered + inFlightMax
            ? null
            : $"{name}: {answered:N0} tips were answered and {posted:N0} posted, with {inFlightMax:N0} connections.";

    // Tips under way are posted although nobody waits for them any more; their number is taken once it stands still.
    private static async Task<long> SettleAsync(Func<Task<long>> count, CancellationToken cancellationToken)
    {
        while (true)
        {
            var before = await count();
            await Task.Delay(Quiet, TimeProvider.System, cancellationToken);
            if (before == await count())
            {
                return before;
            }
        }
    }

    private async Task<long> AllAsync(CancellationToken cancellationToken)
    {
        var all = 0L;
        foreach (var keys in _keys)
        {
            all += await PostedAsync(keys, cancellationToken);
        }

        return all;
    }

    private async Task<long> PostedAsync(string keys, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(Count);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = _fans });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = keys + '-' });
        // The character after the hyphen: what lies between are the keys that begin with this.
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = keys + '.' });
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
