using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using Tokens.Platform.Problems;
using Tokens.Platform.Storage;
using Tokens.Testing;
using Tokens.Wallet.Ledger;
using Tokens.Wallet.Tests.Parts;

namespace Tokens.Wallet.Tests.Ledger;

public sealed class PostingLaneTests : IAsyncDisposable
{
    private readonly ScriptedStore _store = new();
    private readonly CommitCounter _commits = new();
    private readonly ScriptedFollower _follower = new();
    private readonly LedgerOptions _options = new() { LockAttemptsMax = 3 };
    private readonly DatabasePipeline _database = TestPipelines.QuickDatabase(retriesMax: 2);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_connection_lost_after_the_commit_is_repeated_with_the_same_ids_and_has_one_effect()
    {
        _store.After = Once(new NpgsqlException("the connection broke"));
        var requests = Requests(3);

        var decisions = await RunAsync(requests);

        decisions.ShouldAllBe(decision => decision is PostingDecision.Posted);
        decisions.Cast<PostingDecision.Posted>().Select(posted => posted.Receipt.TransferId).ShouldBe(requests.Select(r => r.Id));
        _store.Committed.Count.ShouldBe(3);
        _store.Batches.Select(batch => batch.IsRepeat).ShouldBe([false, true]);
        _store.Batches[1].Ids.ShouldBe(_store.Batches[0].Ids);
    }

    [Fact]
    public async Task A_transient_fault_is_repeated_until_it_is_over()
    {
        var faults = 0;
        _store.Before = _ => ++faults < 3 ? throw Postgres(PostgresErrorCodes.AdminShutdown) : Task.CompletedTask;
        var pending = new PendingPosting(Requests(1)[0]);

        await StartAsync([pending]);

        (await pending.Decided).ShouldBeOfType<PostingDecision.Posted>();
        _store.Batches.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_fault_that_stays_is_answered_503_after_the_last_attempt()
    {
        _store.Before = _ => throw Postgres(PostgresErrorCodes.AdminShutdown);
        var pending = Pending(Requests(2));

        await StartAsync(pending);

        foreach (var each in pending)
        {
            var problem = (await Should.ThrowAsync<ProblemException>(each.Decided)).Problem;
            problem.Kind.ShouldBe(ProblemKind.DatabaseUnavailable);
            problem.RetryAfter.ShouldNotBeNull();
        }

        _store.Batches.Count.ShouldBe(3);
        _store.Committed.ShouldBeEmpty();
        _commits.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_poisoned_request_fails_alone_and_its_neighbours_are_posted()
    {
        var requests = Requests(9);
        var poisoned = requests[4].Id;
        var poison = Postgres(PostgresErrorCodes.CheckViolation);
        _store.Before = batch => batch.Requests.Any(request => request.Id == poisoned) ? throw poison : Task.CompletedTask;
        var pending = Pending(requests);

        await StartAsync(pending);

        (await Should.ThrowAsync<PostgresException>(pending[4].Decided)).ShouldBe(poison);
        foreach (var neighbour in pending.Where((_, i) => i != 4))
        {
            (await neighbour.Decided).ShouldBeOfType<PostingDecision.Posted>();
        }

        _store.Committed.ShouldBe(requests.Select(request => request.Id).Where(id => id != poisoned), ignoreOrder: true);
    }

    [Fact]
    public async Task Requests_on_an_account_that_is_held_step_aside_and_the_rest_goes_on()
    {
        var requests = Requests(4);
        var held = requests[1].Legs[0].To.MemberId;
        _store.Contended.Add(held);
        _store.Before = batch => batch.Accounts.ContainsKey(held) ? throw Postgres(PostgresErrorCodes.LockNotAvailable) : Task.CompletedTask;
        var aside = new ContendedLane(capacity: 10);
        var pending = Pending(requests);

        await StartAsync(pending, aside);

        pending.Select(each => each.Decided.IsCompletedSuccessfully).ShouldBe([true, false, true, true]);
        aside.Reader.TryRead(out var waiting).ShouldBeTrue();
        waiting.ShouldBe(pending[1]);
    }

    [Fact]
    public async Task Requests_that_find_no_room_aside_are_refused_alone()
    {
        var requests = Requests(3);
        _store.Contended.UnionWith([requests[0].Legs[0].To.MemberId, requests[1].Legs[0].To.MemberId]);
        _store.Before = batch => _store.Contended.Overlaps(batch.Accounts.Keys)
            ? throw Postgres(PostgresErrorCodes.LockNotAvailable)
            : Task.CompletedTask;
        var pending = Pending(requests);

        await StartAsync(pending, new ContendedLane(capacity: 1));

        pending[0].Decided.IsCompleted.ShouldBeFalse();
        (await Should.ThrowAsync<ProblemException>(pending[1].Decided)).Problem.Kind.ShouldBe(ProblemKind.Overloaded);
        (await pending[2].Decided).ShouldBeOfType<PostingDecision.Posted>();
    }

    [Fact]
    public async Task Later_requests_on_an_account_that_is_waited_for_queue_behind_the_earlier_ones()
    {
        var held = Guid.NewGuid();
        var requests = new[] { TestRequests.Transfer(Guid.NewGuid(), held), TestRequests.Transfer(held, Guid.NewGuid()) };
        var aside = new ContendedLane(capacity: 10);
        var pending = Pending(requests);
        aside.Take(pending[0], new HashSet<Guid> { held }).ShouldBeTrue();

        await StartAsync([pending[1]], aside);
        pending[1].Decided.IsCompleted.ShouldBeFalse();
        _store.Batches.ShouldBeEmpty();

        // In the lane of its own both are posted, in order.
        var own = Lane(aside: null).RunAsync(aside.Reader);
        await Task.WhenAll(pending.Select(each => each.Decided));
        _store.Batches.SelectMany(batch => batch.Ids).ShouldBe(requests.Select(request => request.Id));

        // Then nobody waits for the account any more, and requests on it are posted as all others.
        await Eventually.BecomesTrueAsync(
            () => !aside.TryTake(new PendingPosting(TestRequests.Transfer(held, Guid.NewGuid()))),
            TimeSpan.FromSeconds(10),
            "the account is free");
        aside.Close();
        await own;
    }

    [Fact]
    public async Task A_lock_that_is_never_released_is_answered_503_after_the_last_attempt()
    {
        _store.Before = _ => throw Postgres(PostgresErrorCodes.LockNotAvailable);
        var pending = Pending(Requests(1));

        await StartAsync(pending);

        (await Should.ThrowAsync<ProblemException>(pending[0].Decided)).Problem.Kind.ShouldBe(ProblemKind.DatabaseUnavailable);
        _store.Batches.Count.ShouldBe(_options.LockAttemptsMax);
    }

    [Fact]
    public async Task A_full_queue_refuses_at_once_and_a_closed_one_too()
    {
        var queue = new PostingQueue(Options.Create(new LedgerOptions { QueueCapacity = 2 }), TestMetrics.Wallet(), TimeProvider.System);
        var taken = new[] { queue.PostAsync(Requests(1)[0]), queue.PostAsync(Requests(1)[0]) };

        var problem = (await Should.ThrowAsync<ProblemException>(() => queue.PostAsync(Requests(1)[0]))).Problem;
        problem.Kind.ShouldBe(ProblemKind.Overloaded);
        problem.RetryAfter.ShouldNotBeNull();

        queue.Close();
        (await Should.ThrowAsync<ProblemException>(() => queue.PostAsync(Requests(1)[0]))).Problem.Kind.ShouldBe(ProblemKind.Overloaded);
        await Lane(aside: null).RunAsync(queue.Reader);
        (await Task.WhenAll(taken)).ShouldAllBe(decision => decision is PostingDecision.Posted);
    }

    [Fact]
    public async Task A_stop_posts_everything_that_was_taken()
    {
        var gate = new TaskCompletionSource();
        _store.Before = _ => gate.Task;
        var options = Options.Create(new LedgerOptions { BatchSizeMax = 7 });
        var queue = new PostingQueue(options, TestMetrics.Wallet(), TimeProvider.System);
        await using var writer = new PostingWriter(
            queue, new OneStore(_store), options, _database, [_commits], _follower, TestMetrics.Wallet(), TimeProvider.System, NullLogger<PostingLane>.Instance);
        await writer.StartAsync(CancellationToken.None);
        var taken = Requests(100).Select(queue.PostAsync).ToList();

        var stop = writer.StopAsync(CancellationToken.None);
        stop.IsCompleted.ShouldBeFalse();
        gate.SetResult();
        await stop;

        taken.ShouldAllBe(each => each.IsCompletedSuccessfully);
        _store.Committed.Count.ShouldBe(100);
        _store.Batches.ShouldAllBe(batch => batch.Ids.Length <= 7);
        _commits.Transfers.ShouldBe(100);
    }

    [Fact]
    public async Task Listeners_hear_of_a_commit_before_its_callers()
    {
        var pending = Pending(Requests(1));
        _commits.Heard = () => pending[0].Decided.IsCompleted.ShouldBeFalse();

        await StartAsync(pending);

        (await pending[0].Decided).ShouldBeOfType<PostingDecision.Posted>();
        _commits.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_listener_that_fails_changes_nothing_for_the_callers()
    {
        var requests = Requests(2);
        var pending = Pending(requests);
        _commits.Heard = () => throw new InvalidOperationException("deaf");

        await StartAsync(pending);

        (await pending[0].Decided).ShouldBeOfType<PostingDecision.Posted>();
        (await pending[1].Decided).ShouldBeOfType<PostingDecision.Posted>();
        _store.Batches.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Answers_wait_for_what_follows_their_commit_and_the_writer_does_not()
    {
        var following = new List<TaskCompletionSource>();
        _follower.Follow = _ =>
        {
            following.Add(new TaskCompletionSource());
            return following[^1].Task;
        };
        var line = Channel.CreateUnbounded<PendingPosting>();
        var pending = Pending(Requests(2));
        var lane = Lane(aside: null).RunAsync(line.Reader);

        line.Writer.TryWrite(pending[0]);
        await Eventually.BecomesTrueAsync(() => following.Count == 1, TimeSpan.FromSeconds(20), "the first commit is followed");
        line.Writer.TryWrite(pending[1]);
        await Eventually.BecomesTrueAsync(() => following.Count == 2, TimeSpan.FromSeconds(20), "the second one meanwhile");
        pending.ShouldAllBe(each => !each.Decided.IsCompleted);

        following[1].SetResult();
        (await pending[1].Decided).ShouldBeOfType<PostingDecision.Posted>();
        pending[0].Decided.IsCompleted.ShouldBeFalse();

        // At a stop the last answers are waited for, too.
        line.Writer.Complete();
        lane.IsCompleted.ShouldBeFalse();
        following[0].SetResult();
        (await pending[0].Decided).ShouldBeOfType<PostingDecision.Posted>();
        await lane;
    }

    [Fact]
    public async Task What_follows_is_told_a_moment_from_before_the_transaction_of_the_last_attempt()
    {
        var begun = 0;
        _store.Before = _ =>
        {
            _follower.Begun.ShouldBe(++begun);
            return Task.CompletedTask;
        };
        _store.After = Once(new NpgsqlException("the connection broke"));
        _follower.Follow = _ =>
        {
            _follower.Begun.ShouldBe(2);
            return Task.CompletedTask;
        };

        (await RunAsync(Requests(1))).ShouldHaveSingleItem().ShouldBeOfType<PostingDecision.Posted>();
        begun.ShouldBe(2);
        _follower.Followed.ShouldBe(1);
    }

    [Fact]
    public async Task What_follows_and_fails_changes_nothing_for_the_callers()
    {
        _follower.Follow = async _ =>
        {
            await Task.Yield();
            throw new InvalidOperationException("the cache has a bug");
        };

        (await RunAsync(Requests(2))).ShouldAllBe(decision => decision is PostingDecision.Posted);
    }

    private static PostingRequest[] Requests(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => TestRequests.Transfer(Guid.NewGuid(), Guid.NewGuid()))];

    private static List<PendingPosting> Pending(IEnumerable<PostingRequest> requests) =>
        [.. requests.Select(request => new PendingPosting(request))];

    private async Task<PostingDecision[]> RunAsync(PostingRequest[] requests)
    {
        var pending = Pending(requests);
        await StartAsync(pending);
        return await Task.WhenAll(pending.Select(each => each.Decided));
    }

    private Task StartAsync(IReadOnlyList<PendingPosting> pending, ContendedLane? aside = null)
    {
        var line = Channel.CreateUnbounded<PendingPosting>();
        foreach (var each in pending)
        {
            line.Writer.TryWrite(each);
        }

        line.Writer.Complete();
        return Lane(aside).RunAsync(line.Reader);
    }

    private PostingLane Lane(ContendedLane? aside) =>
        new(_store, _options, _database, [_commits], _follower, TestMetrics.Wallet(), TimeProvider.System, NullLogger<PostingLane>.Instance) { Aside = aside };

    private static Func<PostingBatch, Task> Once(Exception fault)
    {
        var thrown = false;
        return _ =>
        {
            if (thrown)
            {
                return Task.CompletedTask;
            }

            thrown = true;
            throw fault;
        };
    }

    private static PostgresException Postgres(string state) => new("a fault", "ERROR", "ERROR", state);

    private sealed class CommitCounter : ICommitListener
    {
        internal Action Heard { get; set; } = static () => { };

        internal int Count { get; private set; }

        internal int Transfers { get; private set; }

        public void Committed(BatchResult batch)
        {
            Heard();
            Count++;
            Transfers += batch.Committed.Count;
        }
    }

    private sealed class OneStore(ScriptedStore store) : ILedgerStoreFactory
    {
        public ILedgerStore Create() => store;
    }
}
