using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Registry;
using StackExchange.Redis;
using Tokens.Platform.Resilience;

namespace Tokens.Platform.Redis;

/// <summary>
/// This host's way to Redis; registered only where <c>REDIS_URL</c> is set. Every command goes through the pipeline <c>redis</c>:
/// none waits longer than its time-out, and none at all while the breaker is open.
/// </summary>
public sealed partial class RedisConnection : IAsyncDisposable
{
    /// <summary>Name of the pipeline.</summary>
    public const string PipelineName = "redis";

    private static readonly ResiliencePropertyKey<bool> IsRepeatable = new("repeatable");

    // Counting the client's sockets takes a lock that its commands take too.
    private static readonly TimeSpan CountedFor = TimeSpan.FromMilliseconds(100);

    private readonly ResiliencePipeline _pipeline;
    private readonly ILogger<RedisConnection> _logger;
    private readonly Task<ConnectionMultiplexer> _multiplexer;
    private volatile IServer? _server;
    private long _countedAt;
    private int _losses;

    internal RedisConnection(
        ConfigurationOptions server,
        IOptions<RedisPipelineOptions> options,
        ResiliencePipelineProvider<string> pipelines,
        ILogger<RedisConnection> logger)
    {
        _logger = logger;
        _pipeline = pipelines.GetPipeline(PipelineName);
        // The pipeline says when a command is given up, never the client before it.
        server.AsyncTimeout = Math.Max(server.AsyncTimeout, options.Value.TotalTimeoutMilliseconds);
        // Connecting goes on by itself until it succeeds; whoever needs Redis meanwhile waits no longer than for a command.
        _multiplexer = Task.Run(() => ConnectAsync(server));
    }

    internal static PipelineFaults Faults { get; } = new(
        (fault, context) => IsAway(fault) && context.Properties.GetValue(IsRepeatable, defaultValue: false), IsAway);

    /// <summary>
    /// How often the connection for commands was lost, or couldn't be made; higher within 100 ms of the next one. Then the server may be
    /// another one, or hold what it held long ago.
    /// </summary>
    public int Losses
    {
        get
        {
            // Not from the client's events alone: none tells of a connection that it replaces because nothing is answered.
            if (_server is { } server && TimeProvider.System.GetElapsedTime(Volatile.Read(ref _countedAt)) > CountedFor)
            {
                Volatile.Write(ref _losses, (int)server.GetCounters().Interactive.SocketCount - 1);
                Volatile.Write(ref _countedAt, TimeProvider.System.GetTimestamp());
            }

            return Volatile.Read(ref _losses);
        }
    }

    /// <summary>Runs one command, which must bear being executed late or twice when it is given up or repeated.</summary>
    /// <param name="operation">Names the command in metrics, such as <c>balance.read</c>; never an id.</param>
    /// <param name="command">Sends the command. Called again for a repeat.</param>
    /// <param name="isRepeatable">Whether it may be sent again after a failure.</param>
    /// <param name="cancellationToken">Ends the waiting; the command may be executed nevertheless.</param>
    /// <exception cref="RedisAwayException">Redis can't be reached in time, or was given up for now.</exception>
    public async Task<T> ExecuteAsync<T>(
        string operation, Func<IDatabase, Task<T>> command, bool isRepeatable, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(operation, cancellationToken);
        context.Properties.Set(IsRepeatable, isRepeatable);
        try
        {
            return await _pipeline.ExecuteAsync(
                static async (context, call) =>
                {
                    var multiplexer = await call.Connection._multiplexer.WaitAsync(context.CancellationToken);
                    // The client takes no token, and looks only once a second for what is out of its own time.
                    return await call.Command(multiplexer.GetDatabase()).WaitAsync(context.CancellationToken);
                },
                context,
                (Connection: this, Command: command));
        }
        catch (Exception fault) when (IsAway(fault))
        {
            throw new RedisAwayException(fault);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Publishes a message to the subscribers of the channel.</summary>
    /// <param name="channel">Channel name, which also names the command in metrics.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the waiting; the message may be published nevertheless.</param>
    /// <exception cref="RedisAwayException">Redis can't be reached in time, or was given up for now.</exception>
    public Task PublishAsync(string channel, byte[] message, CancellationToken cancellationToken) => ExecuteAsync(
        channel, database => database.PublishAsync(RedisChannel.Literal(channel), message), isRepeatable: false, cancellationToken);

    /// <summary>
    /// Subscribes to the channel, again after each lost connection. Messages that are published while Redis isn't reached are lost.
    /// </summary>
    /// <param name="channel">Channel name.</param>
    /// <param name="hear">Is called for each message; must be quick and must not throw.</param>
    /// <exception cref="RedisAwayException">Redis isn't reached yet, also while the connection for messages is only being made.</exception>
    public async Task SubscribeAsync(string channel, Action<byte[]> hear)
    {
        ArgumentNullException.ThrowIfNull(hear);
        var subscriber = (await _multiplexer).GetSubscriber();
        var name = RedisChannel.Literal(channel);
        try
        {
            await subscriber.SubscribeAsync(name, Handle);
        }
        catch (Exception fault)
        {
            // The client keeps the handler of a failed attempt: without this, a second attempt would deliver each message twice.
            await subscriber.UnsubscribeAsync(name, Handle, CommandFlags.FireAndForget);
            if (IsAway(fault))
            {
                throw new RedisAwayException(fault);
            }

            throw;
        }

        void Handle(RedisChannel _, RedisValue message) => hear(message!);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        var multiplexer = await _multiplexer;
        await multiplexer.CloseAsync(allowCommandsToComplete: false);
        multiplexer.Dispose();
    }

    private static bool IsAway(Exception fault) =>
        fault is RedisConnectionException or TimeoutException or ExecutionRejectedException
        || fault is RedisServerException { Kind: var kind } && IsPassing(kind);

    // A server that loads its data, has lost its master, or is a replica in the middle of a failover.
    private static bool IsPassing(RedisErrorKind kind) => kind
        is RedisErrorKind.Loading or RedisErrorKind.MasterDown or RedisErrorKind.ReadOnly or RedisErrorKind.OutOfMemory or RedisErrorKind.Busy;

    private async Task<ConnectionMultiplexer> ConnectAsync(ConfigurationOptions server)
    {
        var multiplexer = await ConnectionMultiplexer.ConnectAsync(server);
        _server = multiplexer.GetServers().Single();
        multiplexer.ConnectionFailed += (_, lost) =>
        {
            Volatile.Write(ref _countedAt, 0);
            LogLost(_logger, lost.ConnectionType, lost.FailureType);
        };
        multiplexer.ConnectionRestored += (_, found) =>
        {
            Volatile.Write(ref _countedAt, 0);
            LogRestored(_logger, found.ConnectionType);
        };
        if (!multiplexer.IsConnected)
        {
            LogLost(_logger, ConnectionType.Interactive, ConnectionFailureType.UnableToConnect);
        }

        return multiplexer;
    }

    [LoggerMessage(LogIds.RedisConnectionLost, LogLevel.Warning, "The {Connection} connection to Redis is lost ({Reason}); work goes on without it")]
    private static partial void LogLost(ILogger logger, ConnectionType connection, ConnectionFailureType reason);

    [LoggerMessage(LogIds.RedisConnectionRestored, LogLevel.Information, "The {Connection} connection to Redis is restored")]
    private static partial void LogRestored(ILogger logger, ConnectionType connection);
}
