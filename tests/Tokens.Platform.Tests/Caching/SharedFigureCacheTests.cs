using Tokens.Platform.Caching;
using Tokens.Testing;

namespace Tokens.Platform.Tests.Caching;

public sealed class SharedFigureCacheTests
{
    private static readonly TimeSpan Soon = Eventually.Deadline;

    [Fact]
    public async Task What_one_host_has_loaded_all_know_and_what_one_writes_all_know_next()
    {
        await using var world = await CacheWorld.StartAsync();
        var (one, other, id) = (world.NewHost(), world.NewHost(), Guid.NewGuid());
        world.Commit(id);

        (await one.ReadAsync(id)).ShouldBe(new CachedFigure(new Figure(id, 1, 1), IsCached: false));
        (await one.ReadCachedAsync(id)).Version.ShouldBe(1);
        (await other.ReadAsync(id)).ShouldBe(new CachedFigure(new Figure(id, 1, 1), IsCached: true));
        (await one.ChangeAsync(id)).ShouldBeTrue();
        (await other.ReadAsync(id)).ShouldBe(new CachedFigure(new Figure(id, 2, 2), IsCached: true));
        (await other.ChangeAsync(id)).ShouldBeTrue();
        (await one.ReadAsync(id)).ShouldBe(new CachedFigure(new Figure(id, 3, 3), IsCached: true));
        world.Loads.ShouldBe(1);
    }

    [Fact]
    public async Task Many_figures_of_one_commit_are_written_together()
    {
        await using var world = await CacheWorld.StartAsync();
        var host = world.NewHost(new FigureCacheOptions { WriteTimeoutMilliseconds = 1_000, LifetimeSeconds = 60 });
        var ids = Enumerable.Range(0, 2_500).Select(_ => Guid.NewGuid()).ToArray();
        await host.ReadAsync(ids[0]);

        (await host.WriteAsync(host.Cache.Now(), [.. ids.Select(world.Commit)])).ShouldBeTrue();

        foreach (var id in new[] { ids[0], ids[999], ids[1_000], ids[2_499] })
        {
            (await host.ReadAsync(id)).ShouldBe(new CachedFigure(new Figure(id, 1, 1), IsCached: true));
        }
    }

    [Fact]
    public async Task An_older_figure_never_replaces_a_newer_one()
    {
        await using var world = await CacheWorld.StartAsync();
        var (one, other, id) = (world.NewHost(), world.NewHost(), Guid.NewGuid());
        await one.ReadAsync(id);
        await other.ReadAsync(id);
        var (early, first) = (one.Cache.Now(), world.Commit(id));

        (await other.ChangeAsync(id)).ShouldBeTrue();
        (await one.WriteAsync(early, first)).ShouldBeTrue();

        (await one.ReadAsync(id)).ShouldBe(new CachedFigure(new Figure(id, 2, 2), IsCached: true));
    }

    [Fact]
    public async Task A_write_that_is_executed_after_its_host_has_forgotten_it_does_no_harm()
    {
        await using var world = await CacheWorld.StartAsync();
        var (one, other, id) = (world.NewHost(), world.NewHost(), Guid.NewGuid());
        await one.ReadAsync(id);
        one.Slots.Fate = command => command == "write" ? Fate.ArrivesLate : Fate.Arrives;

        (await one.ChangeAsync(id)).ShouldBeFalse();
        await one.TrustsAsync();
        one.Slots.Fate = static _ => Fate.Arrives;
        world.Commit(id);
        await other.ReadCachedAsync(id);
        (await one.Slots.DeliverLateAsync()).ShouldBeTrue();

        (await other.ReadAsync(id)).Figure.Version.ShouldBe(2);
        (await one.ReadAsync(id)).Figure.Version.ShouldBe(2);
    }

    [Theory]
    [InlineData("write")]
    [InlineData("flush")]
    [InlineData("raise")]
    public async Task What_a_reader_loaded_before_a_change_is_not_filled_in_after_it(string change)
    {
        await using var world = await CacheWorld.StartAsync();
        var (reader, writer, id) = (world.NewHost(), world.NewHost(), Guid.NewGuid());
        world.Commit(id);
        await writer.ReadAsync(Guid.NewGuid());
        var (loaded, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        world.Loading = _ =>
        {
            loaded.TrySetResult();
            return goOn.Task;
        };
        var filled = new TaskCompletionSource();
        reader.Slots.Fate = command =>
        {
            if (command == "fill")
            {
                filled.SetResult();
            }

            return Fate.Arrives;
        };
        var reading = reader.ReadAsync(id);
        await loaded.Task.WaitAsync(Soon);
        world.Loading = static _ => Task.CompletedTask;

        if (change != "write")
        {
            world.Commit(id);
            await (change == "flush" ? world.Server.FlushAsync() : Raise());
        }
        else
        {
            (await writer.ChangeAsync(id)).ShouldBeTrue();
        }

        goOn.SetResult();
        (await reading).Figure.Version.ShouldBe(1);
        await filled.Task.WaitAsync(Soon);

        (await reader.ReadAsync(id)).Figure.Version.ShouldBe(2);
        (await writer.ReadAsync(id)).Figure.Version.ShouldBe(2);

        Task Raise()
        {
            writer.Cache.DoubtEverything();
            return writer.TrustsAsync();
        }
    }

    [Fact]
    public async Task Nobody_who_comes_after_a_change_joins_a_loading_from_before_it()
    {
        await using var world = await CacheWorld.StartAsync();
        var (host, id) = (world.NewHost(), Guid.NewGuid());
        world.Commit(id);
        await host.ReadAsync(Guid.NewGuid());
        var (loaded, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        world.Loading = _ =>
        {
            loaded.TrySetResult();
            return goOn.Task;
        };
        var before = host.ReadAsync(id);
        await loaded.Task.WaitAsync(Soon);
        world.Loading = static _ => Task.CompletedTask;
        (await host.ChangeAsync(id)).ShouldBeTrue();

        (await host.ReadAsync(id)).Figure.Version.ShouldBe(2);
        before.IsCompleted.ShouldBeFalse();
        goOn.SetResult();
        (await before).Figure.Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_figure_committed_before_a_newer_one_was_forgotten_does_not_take_its_place()
    {
        await using var world = await CacheWorld.StartAsync();
        var (slow, quick, id) = (world.NewHost(), world.NewHost(), Guid.NewGuid());
        await slow.ReadAsync(Guid.NewGuid());
        await quick.ReadAsync(Guid.NewGuid());
        var (before, older) = (slow.Cache.Now(), world.Commit(id));
        (await quick.ChangeAsync(id)).ShouldBeTrue();
        await world.Server.FlushAsync();
        // The slow host knows of the new generation by now, but its figure doesn't belong to it.
        await slow.ReadAsync(Guid.NewGuid());
        slow.Cache.Now().ShouldNotBe(before);

        (await slow.WriteAsync(before, older)).ShouldBeTrue();

        (await quick.ReadAsync(id)).Figure.Version.ShouldBe(2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_write_that_may_not_be_kept_still_keeps_older_ones_out(bool isLeasedMeanwhile)
    {
        await using var world = await CacheWorld.StartAsync();
        var (slow, reader, id) = (world.NewHost(), world.NewHost(), Guid.NewGuid());
        await slow.ReadAsync(Guid.NewGuid());
        await reader.ReadAsync(Guid.NewGuid());
        var (before, older) = (slow.Cache.Now(), world.Commit(id));
        // A host that has just started knows of no generation.
        (await world.NewHost().ChangeAsync(id)).ShouldBeTrue();
        var goOn = new TaskCompletionSource();
        world.Loading = _ => goOn.Task;
        var loads = world.Loads;
        var reading = isLeasedMeanwhile ? reader.ReadAsync(id) : Task.FromResult(default(CachedFigure));
        await Eventually.BecomesTrueAsync(() => !isLeasedMeanwhile || world.Loads > loads, Soon, "a reader has the lease");

        (await slow.WriteAsync(before, older)).ShouldBeTrue();

        goOn.SetResult();
        await reading;
        (await reader.ReadAsync(id)).Figure.Version.ShouldBe(2);
        (await reader.ReadCachedAsync(id)).Version.ShouldBe(2);
        (await slow.ChangeAsync(id)).ShouldBeTrue();
        (await reader.ReadAsync(id)).ShouldBe(new CachedFigure(new Figure(id, 3, 3), IsCached: true));
    }

    [Fact]
    public async Task A_host_whose_write_was_lost_reads_that_figure_from_the_database_until_all_have_forgotten_the_old_one()
    {
        await using var world = await CacheWorld.StartAsync();
        var (one, other, id, neighbour) = (world.NewHost(), world.NewHost(), Guid.NewGuid(), Guid.NewGuid());
        await one.ReadCachedAsync(id);
        await one.ReadCachedAsync(neighbour);
        var generation = await world.GenerationAsync();
        one.Slots.Fate = command => command is "write" or "raise" ? Fate.IsLost : Fate.Arrives;

        (await one.ChangeAsync(id)).ShouldBeFalse();

        for (var i = 0; i < 3; i++)
        {
            (await one.ReadAsync(id)).ShouldBe(new CachedFigure(new Figure(id, 1, 1), IsCached: false));
        }

        (await one.ReadAsync(neighbour)).IsCached.ShouldBeTrue();
        one.Cache.IsInDoubt.ShouldBeTrue();
        one.Slots.Fate = static _ => Fate.Arrives;
        await one.TrustsAsync();
        (await world.GenerationAsync()).ShouldNotBe(generation);
        (await other.ReadAsync(id)).Figure.Version.ShouldBe(1);
        (await one.ReadCachedAsync(id)).Version.ShouldBe(1);
        (await one.ReadCachedAsync(neighbour)).Version.ShouldBe(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task With_too_many_doubts_everything_is_in_doubt_and_nobody_waits_for_the_cache(bool isToldSo)
    {
        await using var world = await CacheWorld.StartAsync();
        var host = world.NewHost(new FigureCacheOptions { WriteTimeoutMilliseconds = 1_000, RaisePauseMilliseconds = 10, DoubtsMax = 10 });
        var known = Guid.NewGuid();
        await host.ReadCachedAsync(known);
        host.Slots.Fate = command => command is "write" or "raise" ? Fate.IsLost : Fate.Arrives;

        if (isToldSo)
        {
            host.Cache.DoubtEverything();
        }
        else
        {
            (await host.WriteAsync(host.Cache.Now(), [.. Enumerable.Range(0, 11).Select(_ => world.Commit(Guid.NewGuid()))])).ShouldBeFalse();
        }

        (await host.ReadAsync(known)).IsCached.ShouldBeFalse();
        var asked = 0;
        host.Slots.Way = command => command == "write" ? Task.FromResult(asked++) : Task.CompletedTask;
        (await host.ChangeAsync(known)).ShouldBeFalse();
        asked.ShouldBe(0);
        host.Slots.Fate = static _ => Fate.Arrives;
        await host.TrustsAsync();
        (await host.ReadCachedAsync(known)).Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_raise_that_is_executed_late_brings_nothing_back()
    {
        await using var world = await CacheWorld.StartAsync();
        var (one, other, id) = (world.NewHost(), world.NewHost(), Guid.NewGuid());
        await other.ReadCachedAsync(id);
        one.Slots.Fate = command => command == "raise" ? Fate.AnswerIsLost : Fate.Arrives;
        one.Cache.DoubtEverything();
        await Eventually.BecomesTrueAsync(async () => !(await other.ReadAsync(id)).IsCached, Soon, "the raise is executed");
        one.Slots.Fate = command => command == "raise" ? Fate.ArrivesLate : Fate.Arrives;
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                (await other.ReadAsync(id)).Figure.Version.ShouldBe(world.Committed(id));
                (await other.ChangeAsync(id)).ShouldBeTrue();
                return await one.Slots.DeliverLateAsync();
            },
            Soon,
            "a late raise is executed");

        (await other.ReadAsync(id)).ShouldBe(new CachedFigure(new Figure(id, world.Committed(id), world.Committed(id)), IsCached: false));
    }

    [Fact]
    public async Task A_write_that_takes_longer_than_an_answer_may_wait_is_no_reason_to_forget_everything()
    {
        await using var world = await CacheWorld.StartAsync();
        var host = world.NewHost(new FigureCacheOptions { WriteTimeoutMilliseconds = 1 });
        var id = Guid.NewGuid();
        await host.ReadCachedAsync(id);
        var generation = await world.GenerationAsync();
        var way = new TaskCompletionSource();
        host.Slots.Way = command => command == "write" ? way.Task : Task.CompletedTask;

        (await host.ChangeAsync(id)).ShouldBeFalse();
        (await host.ReadAsync(id)).ShouldBe(new CachedFigure(new Figure(id, 1, 1), IsCached: false));

        way.SetResult();
        await host.TrustsAsync();
        (await host.ReadAsync(id)).ShouldBe(new CachedFigure(new Figure(id, 1, 1), IsCached: true));
        (await world.GenerationAsync()).ShouldBe(generation);
    }

    [Fact]
    public async Task A_server_that_comes_back_with_an_older_memory_is_not_believed()
    {
        await using var world = await CacheWorld.StartAsync();
        var (host, id) = (world.NewHost(), Guid.NewGuid());
        await host.ReadCachedAsync(id);
        (await host.ChangeAsync(id)).ShouldBeTrue();

        await world.PutAsync(id, $"{await world.GenerationAsync()} 0 0");
        host.Slots.LoseConnection();

        (await host.ReadAsync(id)).ShouldBe(new CachedFigure(new Figure(id, 1, 1), IsCached: false));
        await host.TrustsAsync();
        (await host.ReadCachedAsync(id)).Version.ShouldBe(1);
    }

    [Fact]
    public async Task Of_many_readers_at_once_one_on_each_host_reads_the_database()
    {
        await using var world = await CacheWorld.StartAsync();
        var hosts = new[] { world.NewHost(), world.NewHost() };
        var id = Guid.NewGuid();
        world.Commit(id);
        var goOn = new TaskCompletionSource();
        world.Loading = _ => goOn.Task;

        var readings = Enumerable.Range(0, 200).Select(i => hosts[i % 2].ReadAsync(id)).ToList();
        await Eventually.BecomesTrueAsync(() => world.Loads == 2, Soon, "each host reads");
        goOn.SetResult();

        (await Task.WhenAll(readings)).ShouldAllBe(read => read.Figure.Version == 1);
        world.Loads.ShouldBeLessThanOrEqualTo(2);
        (await hosts[0].ReadCachedAsync(id)).Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_database_that_fails_fails_its_readers_and_the_next_one_asks_again()
    {
        await using var world = await CacheWorld.StartAsync();
        var (host, id) = (world.NewHost(), Guid.NewGuid());
        world.Loading = static _ => throw new InvalidOperationException("the database is away");
        await Should.ThrowAsync<InvalidOperationException>(() => host.ReadAsync(id));

        world.Loading = static _ => Task.CompletedTask;
        (await host.ReadAsync(id)).Figure.Version.ShouldBe(0);
    }

    [Fact]
    public async Task A_server_that_was_restarted_is_used_again()
    {
        await using var world = await CacheWorld.StartAsync();
        var (host, id) = (world.NewHost(), Guid.NewGuid());
        await host.ReadCachedAsync(id);
        await host.ChangeAsync(id);

        await world.Server.StopServerAsync();
        await Eventually.BecomesTrueAsync(() => host.Cache.IsInDoubt, Soon, "the loss is noticed");
        (await host.ReadAsync(id)).ShouldBe(new CachedFigure(new Figure(id, 1, 1), IsCached: false));
        await host.ChangeAsync(id);
        await world.Server.StartServerAsync();

        await host.TrustsAsync();
        (await host.ReadCachedAsync(id)).Version.ShouldBe(2);
        (await host.ChangeAsync(id)).ShouldBeTrue();
        (await host.ReadAsync(id)).ShouldBe(new CachedFigure(new Figure(id, 3, 3), IsCached: true));
    }
}
