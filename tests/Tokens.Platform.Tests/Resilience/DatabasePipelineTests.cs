using Npgsql;
using Polly.CircuitBreaker;
using Tokens.Platform.Storage;
using Tokens.Testing;

namespace Tokens.Platform.Tests.Resilience;

public sealed class DatabasePipelineTests
{
    private int _attempts;

    public static TheoryData<Exception> Passing =>
    [
        new NpgsqlException("reset"), new TimeoutException(), Postgres(PostgresErrorCodes.AdminShutdown),
        Postgres(PostgresErrorCodes.DeadlockDetected), Postgres(PostgresErrorCodes.SerializationFailure),
        new Microsoft.Data.Sqlite.SqliteException("busy", 5),
    ];

    public static TheoryData<Exception> Final =>
    [
        Postgres(PostgresErrorCodes.UniqueViolation), Postgres(PostgresErrorCodes.CheckViolation), Postgres(PostgresErrorCodes.SyntaxError),
        new Microsoft.Data.Sqlite.SqliteException("constraint", 19, 2067), new InvalidOperationException(),
    ];

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task A_passing_fault_is_repeated_until_the_retries_are_used_up(Exception fault)
    {
        (await Should.ThrowAsync<Exception>(() => RunAsync(TestPipelines.QuickDatabase(), fault))).ShouldBe(fault);
        _attempts.ShouldBe(4);
    }

    [Theory]
    [MemberData(nameof(Final))]
    public async Task A_violated_constraint_or_a_bug_is_never_repeated(Exception fault)
    {
        (await Should.ThrowAsync<Exception>(() => RunAsync(TestPipelines.QuickDatabase(), fault))).ShouldBe(fault);
        _attempts.ShouldBe(1);
    }

    [Fact]
    public async Task Work_that_says_so_is_repeated_after_further_faults()
    {
        var fault = Postgres(PostgresErrorCodes.UniqueViolation);
        await Should.ThrowAsync<PostgresException>(() => RunAsync(TestPipelines.QuickDatabase(), fault, TransientFaults.IsUniqueViolation));
        _attempts.ShouldBe(4);
    }

    [Fact]
    public async Task Pauses_grow_and_the_total_time_ends_the_call()
    {
        var clock = new TestTimeProvider();
        var options = new DatabasePipelineOptions { RetriesMax = 10, RetryDelayMilliseconds = 100, TotalTimeoutMilliseconds = 5_000 };

        // Off the test's own context a timer's callback runs to the next pause before the clock goes on: an attempt never sees time pass.
        var database = TestPipelines.Database(options, clock);
        Task<int> call = Task.FromResult(0);
        await Task.Run(() => { call = RunAsync(database, new TimeoutException()); });

        var advances = 0;
        while (!call.IsCompleted)
        {
            // The total's timer and a pause's.
            await Eventually.BecomesTrueAsync(() => call.IsCompleted || clock.Timers == 2, TimeSpan.FromSeconds(10), "the call pauses");
            await Task.Run(() => clock.Advance(TimeSpan.FromMilliseconds(500)));
            advances++.ShouldBeLessThan(20);
        }

        var away = await Should.ThrowAsync<DatabaseAwayException>(() => call);
        TransientFaults.Covers(away).ShouldBeTrue();
        _attempts.ShouldBeInRange(3, 8);
    }

    [Fact]
    public async Task A_database_that_can_not_be_reached_is_left_alone_until_it_is_tried_again()
    {
        var clock = new TestTimeProvider();
        var database = TestPipelines.QuickDatabase(retriesMax: 0, clock);
        for (var i = 0; i < 20; i++)
        {
            await Should.ThrowAsync<NpgsqlException>(() => RunAsync(database, new NpgsqlException("refused")));
        }

        (await Should.ThrowAsync<DatabaseAwayException>(() => RunAsync(database, fault: null))).InnerException.ShouldBeOfType<BrokenCircuitException>();
        _attempts.ShouldBe(20);

        clock.Advance(TimeSpan.FromSeconds(1.1));
        (await RunAsync(database, fault: null)).ShouldBe(21);
        (await RunAsync(database, fault: null)).ShouldBe(22);
    }

    [Fact]
    public async Task A_busy_database_does_not_open_the_breaker()
    {
        var database = TestPipelines.QuickDatabase(retriesMax: 0);
        for (var i = 0; i < 100; i++)
        {
            await Should.ThrowAsync<PostgresException>(() => RunAsync(database, Postgres(PostgresErrorCodes.DeadlockDetected)));
        }

        (await RunAsync(database, fault: null)).ShouldBe(101);
    }

    [Fact]
    public async Task A_database_that_is_read_only_does_not_open_the_breaker()
    {
        var database = TestPipelines.QuickDatabase(retriesMax: 0);
        for (var i = 0; i < 100; i++)
        {
            await Should.ThrowAsync<PostgresException>(() => RunAsync(database, Postgres(PostgresErrorCodes.ReadOnlySqlTransaction)));
        }

        (await RunAsync(database, fault: null)).ShouldBe(101);
    }

    [Fact]
    public async Task A_server_that_refuses_sessions_opens_the_breaker()
    {
        var database = TestPipelines.QuickDatabase(retriesMax: 0);
        for (var i = 0; i < 20; i++)
        {
            await Should.ThrowAsync<PostgresException>(() => RunAsync(database, new PostgresException("no", "FATAL", "FATAL", "28P01")));
        }

        await Should.ThrowAsync<DatabaseAwayException>(() => RunAsync(database, fault: null));
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_not_repeated()
    {
        using var caller = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => TestPipelines.QuickDatabase().RunAsync(
            "test",
            async token =>
            {
                _attempts++;
                await caller.CancelAsync();
                token.ThrowIfCancellationRequested();
                return 0;
            },
            caller.Token));
        _attempts.ShouldBe(1);
    }

    private static PostgresException Postgres(string state) => new("a fault", "ERROR", "ERROR", state);

    private Task<int> RunAsync(DatabasePipeline database, Exception? fault, Func<Exception, bool>? alsoRepeatable = null) => database.RunAsync(
        "test",
        _ =>
        {
            _attempts++;
            return fault is null ? Task.FromResult(_attempts) : Task.FromException<int>(fault);
        },
        CancellationToken.None,
        alsoRepeatable);
}
