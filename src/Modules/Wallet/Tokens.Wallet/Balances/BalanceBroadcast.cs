using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tokens.Platform.Redis;
using Tokens.Platform.Time;
using Tokens.Wallet.Ledger;

namespace Tokens.Wallet.Balances;

/// <summary>
/// Tells the other hosts' streams of this host's commits and notices, by Redis, and the other way round: one message each. Quick, and
/// may be lost: a balance that a stream doesn't hear it reads at its next heartbeat.
/// </summary>
internal sealed partial class BalanceBroadcast(
    RedisConnection redis, BalanceFeed feed, IOptions<WalletOptions> options, TimeProvider time, ILogger<BalanceBroadcast> logger)
    : BackgroundService, ICommitListener
{
    private const string RedisChannel = Balance.CacheName + ".changes";
    private const int BacklogMax = 256;

    private static readonly TimeSpan SubscribePause = TimeSpan.FromSeconds(1);

    private readonly Guid _host = Uuid.NewRandom();

    private readonly Channel<IEnumerable<IBalanceNews>> _news = Channel.CreateBounded<IEnumerable<IBalanceNews>>(
        new BoundedChannelOptions(BacklogMax) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });

    // Worked out by whoever sends it, which keeps no posting waiting.
    public void Committed(BatchResult batch) => _news.Writer.TryWrite(BalanceChange.Of(batch.Committed).Take(options.Value.BroadcastChangesMax));

    internal void Say(BalanceNotice notice) => _news.Writer.TryWrite([notice]);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(HearAsync(stoppingToken), SayAsync(stoppingToken));

    private async Task HearAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await redis.SubscribeAsync(RedisChannel, Hear).WaitAsync(stoppingToken);
                return;
            }
            // The connection says so.
            catch (RedisAwayException)
            {
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                LogDeaf(logger, fault);
            }

            await Task.Delay(SubscribePause, time, stoppingToken);
        }
    }

    private async Task SayAsync(CancellationToken stoppingToken)
    {
        await foreach (var news in _news.Reader.ReadAllAsync(stoppingToken))
        {
            var message = HostMessage.Write(_host, news);
            try
            {
                await redis.PublishAsync(RedisChannel, message, stoppingToken);
            }
            // The pipeline has said so already, and the listeners catch up by themselves.
            catch (RedisAwayException)
            {
            }
        }
    }

    private void Hear(byte[] message)
    {
        try
        {
            foreach (var news in HostMessage.Read(_host, message))
            {
                feed.Tell(news);
            }
        }
        catch (Exception fault) when (fault is IOException or FormatException)
        {
            LogUnreadable(logger, fault);
        }
    }

    [LoggerMessage(LogIds.BalanceBroadcastDeaf, LogLevel.Warning, "Other hosts' commits can't be heard yet; live balances lag by a heartbeat")]
    private static partial void LogDeaf(ILogger logger, Exception fault);

    [LoggerMessage(LogIds.BalanceBroadcastUnreadable, LogLevel.Warning, "A message between hosts could not be read")]
    private static partial void LogUnreadable(ILogger logger, Exception fault);
}
