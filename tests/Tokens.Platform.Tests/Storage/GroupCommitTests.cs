using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Tokens.Platform.Problems;
using Tokens.Platform.Storage;
using Tokens.Testing;

namespace Tokens.Platform.Tests.Storage;

public sealed class GroupCommitTests
{
    private static readonly TimeSpan Soon = Eventually.Deadline;

    private readonly ConcurrentQueue<int[]> _commits = new();

    [Fact]
    public async Task An_item_alone_is_committed_at_once()
    {
        var commit = Start(items => items);

        (await commit.AddAsync(7)).ShouldBe(70);

        _commits.ShouldHaveSingleItem().ShouldBe([7]);
    }

    [Fact]
    public async Task Items_that_come_during_a_commit_share_the_next_one()
    {
        var gate = new TaskCompletionSource();
        var commit = Start(gate.Task, batchSizeMax: 40);

        var first = commit.AddAsync(0);
        await Eventually.BecomesTrueAsync(() => _commits.Count == 1, Soon, "the writer is at work");
        var others = Enumerable.Range(1, 100).Select(commit.AddAsync).ToArray();
        others.ShouldAllBe(other => !other.IsCompleted);
        first.IsCompleted.ShouldBeFalse("nothing is answered before it is committed");
        gate.SetResult();

        (await Task.WhenAll(others.Prepend(first))).ShouldBe(Enumerable.Range(0, 101).Select(item => item * 10));
        _commits.Select(batch => batch.Length).ShouldBe([1, 40, 40, 20]);
        _commits.SelectMany(batch => batch).ShouldBe(Enumerable.Range(0, 101), "in the order in which they came");
    }

    [Fact]
    public async Task A_full_line_refuses_at_once_and_has_room_again_later()
    {
        var gate = new TaskCompletionSource();
        var commit = Start(gate.Task, capacity: 3);
        var first = commit.AddAsync(0);
        await Eventually.BecomesTrueAsync(() => _commits.Count == 1, Soon, "the writer is at work");
        var waiting = Enumerable.Range(1, 3).Select(commit.AddAsync).ToArray();

        var refused = await Should.ThrowAsync<ProblemException>(() => commit.AddAsync(4));
        refused.Problem.Kind.ShouldBe(ProblemKind.Overloaded);
        refused.Problem.RetryAfter.ShouldNotBeNull();
        gate.SetResult();

        await Task.WhenAll(waiting.Prepend(first));
        (await commit.AddAsync(5)).ShouldBe(50);
        _commits.SelectMany(batch => batch).ShouldBe([0, 1, 2, 3, 5]);
    }

    [Fact]
    public async Task Stopping_answers_what_was_taken_and_takes_no_more()
    {
        var gate = new TaskCompletionSource();
        var commit = Start(gate.Task);
        var taken = Enumerable.Range(0, 50).Select(commit.AddAsync).ToArray();

        var stopping = commit.StopAsync(CancellationToken.None);
        (await Should.ThrowAsync<ProblemException>(() => commit.AddAsync(50))).Problem.Kind.Status.ShouldBe(503);
        stopping.IsCompleted.ShouldBeFalse();
        gate.SetResult();

        await stopping;
        taken.ShouldAllBe(item => item.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Whoever_stops_need_not_wait_for_ever()
    {
        var gate = new TaskCompletionSource();
        var commit = Start(gate.Task);
        var taken = commit.AddAsync(0);
        using var giveUp = new CancellationTokenSource();

        var stopping = commit.StopAsync(giveUp.Token);
        await giveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => stopping);

        gate.SetResult();
        (await taken).ShouldBe(0, "the writing went on");
    }

    [Fact]
    public async Task An_item_that_can_not_be_written_fails_alone()
    {
        var gate = new TaskCompletionSource();
        var commit = Start(async items =>
        {
            await gate.Task;
            return items.Contains(13) ? throw new InvalidOperationException("13 can't be written.") : items;
        });
        var first = commit.AddAsync(0);
        await Eventually.BecomesTrueAsync(() => _commits.Count == 1, Soon, "the writer is at work");
        var others = Enumerable.Range(1, 20).Select(commit.AddAsync).ToArray();
        gate.SetResult();

        await Task.WhenAll(others.Prepend(first)).ContinueWith(_ => { }, TaskScheduler.Default);

        (await Should.ThrowAsync<InvalidOperationException>(() => others[12])).Message.ShouldBe("13 can't be written.");
        others.Where((_, i) => i != 12).ShouldAllBe(other => other.IsCompletedSuccessfully);
        (await commit.AddAsync(21)).ShouldBe(210);
    }

    [Fact]
    public async Task A_database_that_stays_away_fails_all_that_waited_and_not_the_next_ones()
    {
        var gate = new TaskCompletionSource();
        var away = true;
        var commit = Start(
            async items =>
            {
                await gate.Task;
                return away ? throw new TimeoutException("The database is away.") : items;
            });
        var first = commit.AddAsync(0);
        await Eventually.BecomesTrueAsync(() => _commits.Count == 1, Soon, "the writer is at work");
        var others = Enumerable.Range(1, 5).Select(commit.AddAsync).ToArray();
        gate.SetResult();

        foreach (var item in others.Prepend(first))
        {
            await Should.ThrowAsync<TimeoutException>(() => item);
        }

        _commits.Select(batch => batch.Length).ShouldBe([1, 5], "nobody is asked for each alone");
        away = false;
        (await commit.AddAsync(7)).ShouldBe(70);
    }

    [Fact]
    public async Task A_commit_that_forgets_a_result_is_a_fault_of_its_items_and_not_of_the_writer()
    {
        var forgets = true;
        var commit = Start(items => forgets ? [] : items);
        await Should.ThrowAsync<InvalidOperationException>(() => commit.AddAsync(1));
        forgets = false;
        (await commit.AddAsync(2)).ShouldBe(20);
    }

    private GroupCommit<int, int> Start(Task gate, int capacity = 1_000, int batchSizeMax = 1_000) => Start(
        async items =>
        {
            await gate;
            return items;
        },
        capacity,
        batchSizeMax);

    private GroupCommit<int, int> Start(Func<int[], int[]> write) => Start(items => Task.FromResult(write(items)));

    private GroupCommit<int, int> Start(Func<int[], Task<int[]>> write, int capacity = 1_000, int batchSizeMax = 1_000)
    {
        var commit = new GroupCommit<int, int>(
            new GroupCommitLimits(capacity, batchSizeMax),
            async items =>
            {
                _commits.Enqueue([.. items]);
                return [.. (await write([.. items])).Select(item => item * 10)];
            },
            NullLogger.Instance);
        commit.Start();
        return commit;
    }
}
