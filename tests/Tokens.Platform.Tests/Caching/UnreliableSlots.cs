using System.Collections.Concurrent;
using Tokens.Platform.Caching;
using Tokens.Platform.Caching.Shared;
using Tokens.Platform.Redis;

namespace Tokens.Platform.Tests.Caching;

/// <summary>One host's way to the real slots, on which a test lets commands be slow, get lost, or be executed after they were given up.</summary>
internal sealed class UnreliableSlots(IFigureSlots server) : IFigureSlots
{
    private readonly ConcurrentQueue<Func<Task>> _late = new();
    private int _extraLosses;

    public int Losses => server.Losses + Volatile.Read(ref _extraLosses);

    /// <summary>What becomes of a command, by its name.</summary>
    internal Func<string, Fate> Fate { get; set; } = static _ => Caching.Fate.Arrives;

    /// <summary>Is awaited before a command goes on its way, by its name.</summary>
    internal Func<string, Task> Way { get; set; } = static _ => Task.CompletedTask;

    /// <summary>The connection was lost and is back.</summary>
    internal void LoseConnection() => Interlocked.Increment(ref _extraLosses);

    /// <summary>Executes what was given up and kept by the network; false when there is nothing.</summary>
    internal async Task<bool> DeliverLateAsync()
    {
        if (!_late.TryDequeue(out var command))
        {
            return false;
        }

        await command();
        return true;
    }

    public Task<SlotView> ReadAsync(Guid id) => SendAsync("read", () => server.ReadAsync(id));

    public Task<SlotView> LeaseAsync(Guid id, string token) => SendAsync("lease", () => server.LeaseAsync(id, token));

    public Task FillAsync(ReadOnlyMemory<byte> lease, Figure figure) => SendAsync("fill", () => server.FillAsync(lease, figure));

    public Task<byte[]?> WriteAsync(byte[]? generation, ReadOnlyMemory<Figure> figures) =>
        SendAsync("write", () => server.WriteAsync(generation, figures));

    public Task RaiseAsync(string generation) => SendAsync("raise", () => server.RaiseAsync(generation));

    private Task<bool> SendAsync(string name, Func<Task> send) => SendAsync(name, async () =>
    {
        await send();
        return true;
    });

    private async Task<T> SendAsync<T>(string name, Func<Task<T>> send)
    {
        await Way(name);
        switch (Fate(name))
        {
            case Caching.Fate.IsLost:
                throw Away();
            case Caching.Fate.ArrivesLate:
                _late.Enqueue(send);
                throw Away();
            case Caching.Fate.AnswerIsLost:
                await send();
                throw Away();
            default:
                return await send();
        }
    }

    private static RedisAwayException Away() => new(new TimeoutException());
}

/// <summary>What becomes of a command.</summary>
internal enum Fate
{
    Arrives,
    IsLost,
    ArrivesLate,
    AnswerIsLost,
}
