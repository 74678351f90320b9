using Npgsql;

namespace Tokens.Bench.Rounds;

/// <summary>How many transfers the ledger must hold for the gift cards that there are.</summary>
internal sealed class GiftCardCount(NpgsqlDataSource source)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    // One when it was bought, one more when it was redeemed; nothing here refuses, cancels or expires a card.
    private const string Count = "SELECT count(*) + count(*) FILTER (WHERE status = 'redeemed') FROM giftcards.cards";
    private const string UnderWay = "SELECT EXISTS (SELECT FROM giftcards.cards WHERE next_check_at IS NOT NULL)";

    /// <summary>Waits for the cards that were under way when wrk hung up.</summary>
    internal async Task<long> SettleAsync(CancellationToken cancellationToken)
    {
        while (await AskAsync<bool>(UnderWay, cancellationToken))
        {
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }

        return await AskAsync<long>(Count, cancellationToken);
    }

    private async Task<T> AskAsync<T>(string sql, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
