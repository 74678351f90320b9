using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Tokens.Platform.Secrets;
using Tokens.Platform.Sessions;
using Tokens.Platform.Storage;
using Tokens.Platform.Tests.Secrets;

using Place = Tokens.Testing.Products.Storage;

namespace Tokens.Platform.Tests.Sessions;

public abstract class SessionRevocationsTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task A_session_is_revoked_once_and_for_every_host()
    {
        await using var place = await CreateAsync();
        await using var host = await PlatformHost.MigratedAsync(place);
        using var one = On(host.Db);
        using var other = On(host.Db);
        var id = Guid.NewGuid();
        (await one.ContainsAsync(id, default)).ShouldBeFalse();

        (await one.AddAsync(id, InAnHour, default)).ShouldBeTrue();

        (await one.ContainsAsync(id, default)).ShouldBeTrue();
        (await other.ContainsAsync(id, default)).ShouldBeTrue();
        (await other.AddAsync(id, InAnHour, default)).ShouldBeFalse();
        (await one.ContainsAsync(Guid.NewGuid(), default)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_host_asks_once_a_second_and_never_again_about_a_revoked_one()
    {
        await using var place = await CreateAsync();
        await using var host = await PlatformHost.MigratedAsync(place);
        var asked = new CountedDb(host.Db);
        using var here = On(asked);
        using var elsewhere = On(host.Db);
        var id = Guid.NewGuid();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => here.ContainsAsync(id, default).AsTask()));
        asked.Reads.ShouldBe(1);
        (await elsewhere.AddAsync(id, InAnHour, default)).ShouldBeTrue();
        _clock.Advance(TimeSpan.FromMilliseconds(999));
        (await here.ContainsAsync(id, default)).ShouldBeFalse("within the second the old word counts");
        asked.Reads.ShouldBe(1);

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        (await here.ContainsAsync(id, default)).ShouldBeTrue();
        _clock.Advance(TimeSpan.FromMinutes(30));
        (await here.ContainsAsync(id, default)).ShouldBeTrue();
        asked.Reads.ShouldBe(2);
    }

    [Fact]
    public async Task A_failed_question_is_asked_again_by_the_next_request()
    {
        await using var place = await CreateAsync();
        await using var host = await PlatformHost.MigratedAsync(place);
        var flaky = new CountedDb(host.Db) { Fault = new TimeoutException() };
        using var here = On(flaky);
        var id = Guid.NewGuid();
        await Should.ThrowAsync<TimeoutException>(async () => await here.ContainsAsync(id, default));

        flaky.Fault = null;

        (await here.ContainsAsync(id, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task Rows_of_sessions_that_have_ended_are_removed_some_at_a_time()
    {
        await using var place = await CreateAsync();
        await using var host = await PlatformHost.MigratedAsync(place);
        using var revocations = On(host.Db, new SessionOptions { CleanupBatchSizeMax = 2 });
        for (var i = 0; i < 3; i++)
        {
            await revocations.AddAsync(Guid.NewGuid(), InAnHour, default);
        }

        var living = Guid.NewGuid();
        await revocations.AddAsync(living, InAnHour.AddHours(5), default);
        (await CountAsync(host.Db)).ShouldBe(4);
        _clock.Advance(TimeSpan.FromHours(2));

        await revocations.AddAsync(Guid.NewGuid(), InAnHour, default);
        (await CountAsync(host.Db)).ShouldBe(3);
        await revocations.AddAsync(Guid.NewGuid(), InAnHour, default);

        (await CountAsync(host.Db)).ShouldBe(3);
        using var other = On(host.Db);
        (await other.ContainsAsync(living, default)).ShouldBeTrue();
    }

    private protected abstract Task<Place> CreateAsync();

    private DateTime InAnHour => _clock.GetUtcNow().UtcDateTime.AddHours(1);

    private SessionRevocations On(IModuleDb<PlatformDb> db, SessionOptions? options = null) =>
        new(db, Options.Create(options ?? new SessionOptions()), _clock, NullLogger<SessionRevocations>.Instance);

    private static Task<int> CountAsync(IModuleDb<PlatformDb> db) =>
        db.ReadAsync((context, token) => context.RevokedSessions.CountAsync(token), CancellationToken.None);

    private sealed class CountedDb(IModuleDb<PlatformDb> inner) : IModuleDb<PlatformDb>
    {
        private int _reads;

        internal int Reads => _reads;

        internal Exception? Fault { get; set; }

        public Task<T> ReadAsync<T>(Func<PlatformDb, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _reads);
            return Fault is null ? inner.ReadAsync(work, cancellationToken) : Task.FromException<T>(Fault);
        }

        public Task<T> WriteAsync<T>(Func<PlatformDb, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
            inner.WriteAsync(work, cancellationToken);

        public Task<T> ReadAtLengthAsync<T>(Func<PlatformDb, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
            inner.ReadAtLengthAsync(work, cancellationToken);

        public Task<T> RunAtLengthAsync<T>(Func<PlatformDb, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
            inner.RunAtLengthAsync(work, cancellationToken);
    }
}

public sealed class SessionRevocationsOnSqliteTests : SessionRevocationsTests
{
    private protected override Task<Place> CreateAsync() => Task.FromResult(Place.Sqlite());
}

public sealed class SessionRevocationsOnPostgresTests : SessionRevocationsTests
{
    private protected override Task<Place> CreateAsync() => Place.PostgresAsync();
}
