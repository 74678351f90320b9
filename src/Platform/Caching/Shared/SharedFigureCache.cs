using System.Globalization;
using Microsoft.Extensions.Logging;
using Polly.CircuitBreaker;
using Tokens.Platform.Redis;
using Tokens.Platform.Time;

namespace Tokens.Platform.Caching.Shared;

/// <summary>
/// A cache that hosts share, and that may freeze, forget, come back with what it held long ago, and execute what was sent to it long
/// after it was given up. Versions keep older figures from replacing newer ones, leases keep readers from filling in what was
/// overtaken, generations make it forget what may be wrong.
/// </summary>
internal sealed partial class SharedFigureCache(
    IFigureSlots slots,
    FigureCacheOptions options,
    CacheRequests requests,
    TimeProvider time,
    ILogger<SharedFigureCache> logger) : IFigureCache, IAsyncDisposable
{
    // One command would keep Redis from others for too long.
    private const int FiguresACommand = 1_000;

    private readonly string _host = Uuid.NewRandom().ToString("N");
    private readonly Doubts _doubts = new(options.DoubtsMax);
    private readonly Loads _loads = new();
    private readonly CancellationTokenSource _stopping = new();
    private byte[]? _generation;
    private int _losses;
    private int _namesMade;
    private int _isRaising;
    private Task _raising = Task.CompletedTask;

    public bool IsShared => true;

    public bool IsInDoubt
    {
        get
        {
            Watch();
            return _doubts.Any;
        }
    }

    public CacheMoment Now() => new(Volatile.Read(ref _generation));

    public async ValueTask<CachedFigure> ReadAsync(
        Guid id, Func<Guid, CancellationToken, Task<Figure>> load, CancellationToken cancellationToken)
    {
        if (await LookAsync(id) is not { } view)
        {
            requests.Failed();
            return new CachedFigure(await load(id, cancellationToken), IsCached: false);
        }

        if (SlotText.TryReadFigure(id, view, out var figure))
        {
            requests.Hit();
            return new CachedFigure(figure, IsCached: true);
        }

        requests.Missed();
        return new CachedFigure(await JoinAsync(id, view, load).WaitAsync(cancellationToken), IsCached: false);
    }

    public async ValueTask<bool> WriteAsync(CacheMoment before, IReadOnlyList<Figure> figures)
    {
        Watch();
        if (_doubts.CoverEverything)
        {
            // Nobody waits for a cache that isn't used. These are doubts of their own: the raise that ends the others may be on its way.
            _doubts.Add(figures);
            Raise();
            return false;
        }

        var began = time.GetTimestamp();
        var writing = SendAsync(before, figures);
        try
        {
            await writing.WaitAsync(TimeSpan.FromMilliseconds(options.WriteTimeoutMilliseconds), time);
            return true;
        }
        catch (TimeoutException)
        {
            _ = SettleAsync(writing, figures, _doubts.Add(figures), began);
            return false;
        }
        catch (RedisAwayException away)
        {
            _doubts.Add(figures);
            GiveUp(away);
            Raise();
            return false;
        }
    }

    public void DoubtEverything()
    {
        _doubts.AddEverything();
        Raise();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _raising;
        _stopping.Dispose();
    }

    /// <summary>A figure or a lease; null where Redis can't be asked, or not be believed.</summary>
    private async ValueTask<SlotView?> LookAsync(Guid id)
    {
        var losses = Watch();
        if (_doubts.Cover(id))
        {
            return null;
        }

        try
        {
            var view = await slots.ReadAsync(id);
            if (!SlotText.IsTaken(view))
            {
                view = await slots.LeaseAsync(id, NewToken());
            }

            Note(view.Generation);
            // What came over a new connection may have come from a server with an older memory.
            return slots.Losses == losses && SlotText.IsTaken(view) ? view : null;
        }
        catch (RedisAwayException away)
        {
            GiveUp(away);
            return null;
        }
    }

    private Task<Figure> JoinAsync(Guid id, SlotView view, Func<Guid, CancellationToken, Task<Figure>> load) =>
        _loads.JoinAsync(view.Slot!, () => LoadAsync(id, view, load));

    private async Task<Figure> LoadAsync(Guid id, SlotView view, Func<Guid, CancellationToken, Task<Figure>> load)
    {
        var figure = await load(id, CancellationToken.None);
        if (SlotText.IsLeasedBy(view, _host))
        {
            _ = FillAsync(view.Slot!, figure);
        }

        return figure;
    }

    private async Task FillAsync(byte[] lease, Figure figure)
    {
        try
        {
            await slots.FillAsync(lease, figure);
        }
        catch (RedisAwayException away)
        {
            GiveUp(away);
        }
    }

    private async Task SendAsync(CacheMoment before, IReadOnlyList<Figure> figures)
    {
        var all = figures as Figure[] ?? [.. figures];
        if (all.Length <= FiguresACommand)
        {
            Note(await slots.WriteAsync(before.Generation, all));
            return;
        }

        var parts = new List<Task<byte[]?>>();
        for (var start = 0; start < all.Length; start += FiguresACommand)
        {
            var part = all.AsMemory(start, Math.Min(FiguresACommand, all.Length - start));
            parts.Add(slots.WriteAsync(before.Generation, part));
        }

        Note((await Task.WhenAll(parts))[0]);
    }

    // The answer didn't wait any longer, but the write may arrive in a moment: no reason to forget everything. One that took longer
    // than a lease may have come after what would have kept it out had expired.
    private async Task SettleAsync(Task writing, IReadOnlyList<Figure> figures, long doubt, long began)
    {
        try
        {
            await writing;
            if (time.GetElapsedTime(began) < TimeSpan.FromMilliseconds(options.LeaseMilliseconds))
            {
                _doubts.Settle(figures, doubt);
            }
            else
            {
                Raise();
            }
        }
        catch (RedisAwayException away)
        {
            GiveUp(away);
            Raise();
        }
    }

    // While it was away others may have written what it will come back without.
    private void GiveUp(RedisAwayException away)
    {
        if (away.InnerException is BrokenCircuitException && !_doubts.CoverEverything)
        {
            LogGivenUp(logger);
            DoubtEverything();
        }
    }

    private int Watch()
    {
        var losses = slots.Losses;
        if (Volatile.Read(ref _losses) != losses && Interlocked.Exchange(ref _losses, losses) != losses)
        {
            DoubtEverything();
        }

        return losses;
    }

    private void Note(byte[]? generation)
    {
        if (generation is not null && !generation.AsSpan().SequenceEqual(Volatile.Read(ref _generation)))
        {
            Volatile.Write(ref _generation, generation);
        }
    }

    private void Raise()
    {
        if (Interlocked.Exchange(ref _isRaising, 1) == 0)
        {
            _raising = Task.Run(RaiseAsync);
        }
    }

    private async Task RaiseAsync()
    {
        while (_doubts.Any && !_stopping.IsCancellationRequested)
        {
            try
            {
                await RaiseOnceAsync();
            }
            catch (RedisAwayException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(options.RaisePauseMilliseconds), time, _stopping.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        Volatile.Write(ref _isRaising, 0);
        if (_doubts.Any && !_stopping.IsCancellationRequested)
        {
            Raise();
        }
    }

    private async Task RaiseOnceAsync()
    {
        var (losses, doubts) = (Watch(), _doubts.Latest);
        var generation = NewToken();
        await slots.RaiseAsync(generation);
        if (slots.Losses == losses)
        {
            Note(System.Text.Encoding.ASCII.GetBytes(generation));
            _doubts.ClearUpTo(doubts);
            LogTrusted(logger);
        }
    }

    private string NewToken() =>
        string.Create(CultureInfo.InvariantCulture, $"{_host}{(uint)Interlocked.Increment(ref _namesMade):x8}");

    [LoggerMessage(LogIds.SharedFigureCacheGivenUp, LogLevel.Warning, "Redis is given up as a cache; what it holds will be forgotten before it is trusted again")]
    private static partial void LogGivenUp(ILogger logger);

    [LoggerMessage(LogIds.SharedFigureCacheTrusted, LogLevel.Information, "The cache has forgotten what may be wrong, and is trusted again")]
    private static partial void LogTrusted(ILogger logger);
}
