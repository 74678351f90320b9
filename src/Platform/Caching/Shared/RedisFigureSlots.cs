using System.Globalization;
using StackExchange.Redis;
using Tokens.Platform.Redis;

namespace Tokens.Platform.Caching.Shared;

/// <summary>The slots of one cache in Redis, under keys of its name. All keys have one hash tag, so that scripts also run on a cluster.</summary>
internal sealed class RedisFigureSlots(RedisConnection redis, string cache, FigureCacheOptions options) : IFigureSlots
{
    private readonly RedisKey _generation = $"{{{cache}}}:generation";
    private readonly string _slots = $"{{{cache}}}:";
    private readonly string _read = cache + ".read";
    private readonly string _lease = cache + ".lease";
    private readonly string _fill = cache + ".fill";
    private readonly string _write = cache + ".write";
    private readonly string _raise = cache + ".raise";
    private readonly long _lifetime = 1_000L * options.LifetimeSeconds;

    public int Losses => redis.Losses;

    // Not repeated, like the lease and the fill: who reads has somewhere else to ask.
    public async Task<SlotView> ReadAsync(Guid id)
    {
        RedisKey[] keys = [_generation, Slot(id)];
        var values = await ExecuteAsync(_read, database => database.StringGetAsync(keys), isRepeatable: false);
        return new SlotView(values[0], values[1]);
    }

    public async Task<SlotView> LeaseAsync(Guid id, string token)
    {
        RedisKey[] keys = [_generation, Slot(id)];
        RedisValue[] values = [token, options.LeaseMilliseconds];
        var held = (RedisValue[])(await RunAsync(_lease, FigureScripts.Lease, keys, values, isRepeatable: false))!;
        return new SlotView(held[0], held[1]);
    }

    public Task FillAsync(ReadOnlyMemory<byte> lease, Figure figure)
    {
        RedisValue[] values = [lease.ToArray(), SlotText.Fill(lease.Span, figure), _lifetime];
        return RunAsync(_fill, FigureScripts.Fill, [Slot(figure.Id)], values, isRepeatable: false);
    }

    public async Task<byte[]?> WriteAsync(byte[]? generation, ReadOnlyMemory<Figure> figures)
    {
        var keys = new RedisKey[figures.Length + 1];
        var values = new RedisValue[(2 * figures.Length) + 2];
        keys[0] = _generation;
        (values[0], values[1]) = (generation ?? [], _lifetime);
        for (var i = 0; i < figures.Length; i++)
        {
            var figure = figures.Span[i];
            keys[i + 1] = Slot(figure.Id);
            values[(2 * i) + 2] = figure.Version;
            values[(2 * i) + 3] = figure.Value;
        }

        return (byte[]?)await RunAsync(_write, FigureScripts.Write, keys, values, isRepeatable: true);
    }

    // A raise that was executed twice could bring a generation back after another had followed it.
    public Task RaiseAsync(string generation) =>
        ExecuteAsync(_raise, database => database.StringSetAsync(_generation, generation), isRepeatable: false);

    private RedisKey Slot(Guid id) => string.Create(CultureInfo.InvariantCulture, $"{_slots}{id:N}");

    private Task<RedisResult> RunAsync(string operation, string script, RedisKey[] keys, RedisValue[] values, bool isRepeatable) =>
        ExecuteAsync(operation, database => database.ScriptEvaluateAsync(script, keys, values), isRepeatable);

    private async Task<T> ExecuteAsync<T>(string operation, Func<IDatabase, Task<T>> command, bool isRepeatable)
    {
        try
        {
            return await redis.ExecuteAsync(operation, command, isRepeatable, CancellationToken.None);
        }
        // A server that refuses a command is no better, to a cache, than one that isn't there.
        catch (Exception refused) when (refused is RedisServerException or RedisCommandException)
        {
            throw new RedisAwayException(refused);
        }
    }
}
