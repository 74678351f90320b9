using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tokens.Platform.Secrets;
using Tokens.Platform.Storage.Postgres;
using Tokens.Platform.Storage.Sqlite;
using Tokens.Platform.Tests.Secrets;
using Tokens.Platform.Time;
using Place = Tokens.Testing.Products.Storage;

namespace Tokens.Platform.Tests.Storage;

public abstract class ModuleDbTests
{
    [Fact]
    public async Task What_is_written_is_read_back_the_same()
    {
        await using var place = await CreateAsync();
        await using var host = await PlatformHost.MigratedAsync(place);
        var secret = new StoredSecret { Name = "one", Value = [1, 2, 3], CreatedAt = TimeProvider.System.UtcNow() };

        await AddAsync(host, secret);

        var read = await host.Db.ReadAsync((db, token) => db.Secrets.AsNoTracking().SingleAsync(token), CancellationToken.None);
        read.Value.ShouldBe(secret.Value);
        read.CreatedAt.ShouldBe(secret.CreatedAt);
        read.CreatedAt.Kind.ShouldBe(DateTimeKind.Utc);
        (await host.Db.ReadAsync(
            (db, token) => db.Secrets.CountAsync(each => each.CreatedAt >= secret.CreatedAt, token), CancellationToken.None)).ShouldBe(1);
    }

    [Fact]
    public async Task Writers_at_once_all_get_their_turn()
    {
        await using var place = await CreateAsync();
        await using var host = await PlatformHost.MigratedAsync(place);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => AddAsync(
            host, new StoredSecret { Name = $"secret {i}", Value = [1], CreatedAt = TimeProvider.System.UtcNow() }))));

        (await host.Db.ReadAsync((db, token) => db.Secrets.CountAsync(token), CancellationToken.None)).ShouldBe(50);
    }

    [Fact]
    public async Task Work_that_fails_gives_its_turn_back()
    {
        await using var place = await CreateAsync();
        await using var host = await PlatformHost.MigratedAsync(place);

        await Should.ThrowAsync<InvalidOperationException>(
            () => host.Db.WriteAsync<int>((_, _) => throw new InvalidOperationException("It breaks."), CancellationToken.None));

        await AddAsync(host, new StoredSecret { Name = "after", Value = [1], CreatedAt = TimeProvider.System.UtcNow() });
    }

    private protected static Task<int> AddAsync(PlatformHost host, StoredSecret secret) => host.Db.WriteAsync(
        (db, token) =>
        {
            db.Secrets.Add(secret);
            return db.SaveChangesAsync(token);
        },
        CancellationToken.None);

    private protected abstract Task<Place> CreateAsync();
}

public sealed class ModuleDbOnSqliteTests : ModuleDbTests
{
    [Fact]
    public async Task Every_connection_is_durable()
    {
        await using var place = await CreateAsync();
        await using var host = await PlatformHost.MigratedAsync(place);
        var file = host.Services.GetRequiredKeyedService<SqliteFile>("platform");

        await using var own = file.Open();
        (Pragma(own, "journal_mode"), Pragma(own, "synchronous")).ShouldBe(("wal", "2"));
        var ofContext = await host.Db.ReadAsync(
            async (db, token) =>
            {
                await db.Database.OpenConnectionAsync(token);
                var connection = (SqliteConnection)db.Database.GetDbConnection();
                return (Pragma(connection, "journal_mode"), Pragma(connection, "synchronous"));
            },
            CancellationToken.None);
        ofContext.ShouldBe(("wal", "2"));
    }

    [Fact]
    public async Task One_writes_at_a_time()
    {
        await using var place = await CreateAsync();
        await using var host = await PlatformHost.MigratedAsync(place);
        var (inside, most) = (0, 0);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => host.Db.WriteAsync(
            async (_, _) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref inside));
                await Task.Yield();
                return Interlocked.Decrement(ref inside);
            },
            CancellationToken.None))));

        most.ShouldBe(1);
    }

    [Fact]
    public async Task Who_gives_up_waiting_takes_no_turn()
    {
        await using var place = await CreateAsync();
        await using var host = await PlatformHost.MigratedAsync(place);
        var file = host.Services.GetRequiredKeyedService<SqliteFile>("platform");
        using var giveUp = new CancellationTokenSource();

        Task waiting;
        using (await file.EnterWriteAsync(CancellationToken.None))
        {
            waiting = file.EnterWriteAsync(giveUp.Token);
            await giveUp.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        }

        using var next = await file.EnterWriteAsync(CancellationToken.None);
        next.Dispose();
        next.Dispose();
        using var one = await file.EnterWriteAsync(CancellationToken.None);
        file.EnterWriteAsync(CancellationToken.None).IsCompleted.ShouldBeFalse("a turn ended twice is still one turn");
    }

    [Fact]
    public void Ids_are_stored_so_that_their_bytes_sort_as_they_do()
    {
        var id = Guid.Parse("01020304-0506-7708-890a-0b0c0d0e0f10");

        Convert.ToHexString(SqliteValues.ToBytes(id)).ShouldBe("01020304050677088" + "90A0B0C0D0E0F10");
        SqliteValues.ToId(SqliteValues.ToBytes(id)).ShouldBe(id);
        var moment = new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc);
        SqliteValues.ToInstant(SqliteValues.ToMilliseconds(moment)).ShouldBe(moment);
        SqliteValues.ToInstant(SqliteValues.ToMilliseconds(moment)).Kind.ShouldBe(DateTimeKind.Utc);
    }

    private static string Pragma(SqliteConnection connection, string name)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA " + name;
        return command.ExecuteScalar()!.ToString()!;
    }

    private protected override Task<Place> CreateAsync() => Task.FromResult(Place.Sqlite());
}

public sealed class ModuleDbOnPostgresTests : ModuleDbTests
{
    [Fact]
    public async Task Writers_need_not_wait_for_each_other()
    {
        await using var place = await CreateAsync();
        await using var host = await PlatformHost.MigratedAsync(place);
        var bothInside = new TaskCompletionSource();
        var inside = 0;

        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => host.Db.WriteAsync(
            async (_, token) =>
            {
                if (Interlocked.Increment(ref inside) == 2)
                {
                    bothInside.SetResult();
                }

                await bothInside.Task.WaitAsync(TimeSpan.FromSeconds(10), token);
                return true;
            },
            CancellationToken.None)));
    }

    [Fact]
    public async Task A_pool_says_whose_it_is_and_takes_the_session_settings_it_was_given()
    {
        await using var place = await CreateAsync();
        await using var host = PlatformHost.On(place);
        var pool = host.Services.GetRequiredKeyedService<PostgresPool>("platform");
        await using var own = pool.CreateSource("writer", 1, "-c lock_timeout=1234");

        await using var command = own.CreateCommand("SELECT current_setting('lock_timeout') || ' ' || current_setting('application_name')");

        (await command.ExecuteScalarAsync()).ShouldBe("1234ms tokens.writer");
        pool.Module.ShouldBe("platform");
    }

    [Fact]
    public async Task An_address_decides_over_names_preparing_and_the_way_of_session_settings()
    {
        await using var place = await CreateAsync();
        await using var host = PlatformHost.On(new Dictionary<string, string?>(place.Settings)
        {
            ["DATABASE_URL"] = place.Settings["DATABASE_URL"] + ";pgbouncer=true;Max Auto Prepare=0;Timeout=7;application_name=shop",
        });
        await using var own = host.Services.GetRequiredKeyedService<PostgresPool>("platform").CreateSource("writer", 1, "-c lock_timeout=1234 -c statement_timeout=2345");

        var used = new NpgsqlConnectionStringBuilder(own.ConnectionString);
        (used.Options, used.MaxAutoPrepare, used.Timeout).ShouldBe((null, 0, 7));
        const string Sql = "SELECT concat_ws(' ', current_setting('lock_timeout'), current_setting('statement_timeout'), current_setting('jit'), current_setting('application_name'))";
        // Twice: nothing resets the session in between.
        for (var i = 0; i < 2; i++)
        {
            await using var command = own.CreateCommand(Sql);
            (await command.ExecuteScalarAsync()).ShouldBe("1234ms 2345ms off shop.writer");
        }
    }

    private protected override Task<Place> CreateAsync() => Place.PostgresAsync();
}
