using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Tokens.Platform.Storage;
using Tokens.Platform.Storage.Writes;
using Tokens.Testing;

namespace Tokens.Platform.Tests.Storage.Writes;

public sealed class DatabaseWritesTests
{
    private static readonly Exception ReadOnly = new PostgresException("m", "ERROR", "ERROR", PostgresErrorCodes.ReadOnlySqlTransaction);
    private static readonly Exception Full = new SqliteException("m", 13);

    private readonly FakeTimeProvider _clock = new();
    private readonly ScriptedProbe _probe = new();
    private readonly DatabaseWrites _writes;

    public DatabaseWritesTests() => _writes = new DatabaseWrites(
        _probe, Options.Create(new DatabasePipelineOptions()), _clock, NullLogger<DatabaseWrites>.Instance);

    [Fact]
    public async Task While_writes_are_taken_a_look_writes_nothing()
    {
        for (var i = 0; i < 10; i++)
        {
            (await CheckAsync()).ShouldBeNull();
        }

        (_probe.Readings, _probe.Writings, _probe.Renewals).ShouldBe((10, 0, 0));
    }

    [Fact]
    public async Task A_refused_write_says_no_until_a_probe_is_taken()
    {
        _writes.Observe(new InvalidOperationException("m", Full)).ShouldBeFalse();
        _probe.Refusal = WriteFaults.DiskFull;

        // Not again and again while writes are being refused.
        (await CheckAsync()).ShouldBe("The database's disk is full.");
        _probe.Writings.ShouldBe(0);
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await CheckAsync()).ShouldBe("The database's disk is full.");
        (await CheckAsync()).ShouldBe("The database's disk is full.");
        _probe.Writings.ShouldBe(1);
        _probe.Refusal = null;
        (await CheckAsync()).ShouldBe("The database's disk is full.");
        _clock.Advance(TimeSpan.FromSeconds(1));

        (await CheckAsync()).ShouldBeNull();
        _probe.Writings.ShouldBe(2);
    }

    [Fact]
    public async Task A_read_only_database_is_noticed_without_a_write()
    {
        _probe.Reading = WriteFaults.ReadOnly;

        (await CheckAsync()).ShouldBe("The database is read-only.");
        _probe.Writings.ShouldBe(0);
    }

    [Fact]
    public async Task An_old_session_that_is_still_read_only_makes_no_host_unready()
    {
        _writes.Observe(ReadOnly).ShouldBeTrue();

        // A new session says at once that it was the old one's fault.
        (await CheckAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Sessions_are_renewed_before_it_is_said_that_writes_are_taken()
    {
        _writes.Observe(ReadOnly);
        _probe.Renewals.ShouldBe(1);

        (await CheckAsync()).ShouldBeNull();

        _probe.Renewals.ShouldBe(2);
    }

    [Fact]
    public void Sessions_are_renewed_now_and_then_however_many_writes_are_refused()
    {
        _writes.Observe(ReadOnly).ShouldBeTrue();
        _writes.Observe(ReadOnly).ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(29));
        _writes.Observe(ReadOnly).ShouldBeFalse("new sessions would be read-only too");
        _clock.Advance(TimeSpan.FromSeconds(1));
        _writes.Observe(ReadOnly).ShouldBeTrue();

        _probe.Renewals.ShouldBe(2);
    }

    [Fact]
    public async Task A_write_that_is_refused_during_the_probe_counts()
    {
        _writes.Observe(ReadOnly);
        _probe.Meanwhile = () => _writes.Observe(ReadOnly);

        (await CheckAsync()).ShouldBe("The database is read-only.");
    }

    [Fact]
    public async Task Other_faults_say_nothing_about_writes()
    {
        _writes.Observe(new NpgsqlException("m")).ShouldBeFalse();
        _writes.Observe(new SqliteException("busy", 5)).ShouldBeFalse();

        (await CheckAsync()).ShouldBeNull();
        _probe.Renewals.ShouldBe(0);
    }

    [Fact]
    public void A_lost_prepared_statement_renews_sessions_and_leaves_the_host_ready()
    {
        _writes.Observe(new PostgresException("m", "ERROR", "ERROR", "26000")).ShouldBeTrue();
        _probe.Renewals.ShouldBe(1);
    }

    [Fact]
    public async Task Work_is_repeated_on_a_new_session_once_and_not_while_the_database_stays_read_only()
    {
        var database = TestPipelines.Database(new DatabasePipelineOptions { RetryDelayMilliseconds = 1 }, writes: _writes);
        var attempts = 0;

        await Should.ThrowAsync<PostgresException>(() => RunAsync(always: true));
        attempts.ShouldBe(2);
        await Should.ThrowAsync<PostgresException>(() => RunAsync(always: true));
        attempts.ShouldBe(3);
        _clock.Advance(TimeSpan.FromSeconds(30));
        (await RunAsync(always: false)).ShouldBe(5);

        Task<int> RunAsync(bool always)
        {
            var renewals = _probe.Renewals;
            return database.RunAsync(
                "test",
                _ => ++attempts > 0 && (always || _probe.Renewals == renewals) ? throw ReadOnly : Task.FromResult(attempts),
                CancellationToken.None,
                TransientFaults.Covers);
        }
    }

    private Task<string?> CheckAsync() => _writes.CheckAsync(CancellationToken.None);

    private sealed class ScriptedProbe : IWriteProbe
    {
        internal string? Reading { get; set; }

        internal string? Refusal { get; set; }

        internal Action Meanwhile { get; set; } = static () => { };

        internal int Readings { get; private set; }

        internal int Writings { get; private set; }

        internal int Renewals { get; private set; }

        public Task<string?> ReadAsync(CancellationToken cancellationToken)
        {
            Readings++;
            return Task.FromResult(Reading);
        }

        public Task<string?> WriteAsync(CancellationToken cancellationToken)
        {
            Writings++;
            Meanwhile();
            return Task.FromResult(Refusal);
        }

        public void RenewSessions() => Renewals++;
    }
}
