using Microsoft.Data.Sqlite;
using Tokens.Host;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Testing.Running;
using Xunit.Abstractions;

namespace Tokens.Survival.Tests;

public sealed class StartKillTests(ITestOutputHelper output)
{
    [Fact]
    public Task An_installation_survives_five_kills_spread_over_its_start() => SurviveAsync(installations: 1, kills: 5);

    [Fact]
    [Trait(Form.Trait, Form.Extended)]
    public Task Five_installations_survive_fifty_kills_spread_over_their_start() => SurviveAsync(installations: 5, kills: 10);

    [Fact]
    public async Task A_migration_lock_left_by_a_killed_process_does_not_block_the_start()
    {
        await using var storage = Storage.EmptySqlite();
        foreach (var schema in Modules.All.Select(module => module.Name).Append("platform"))
        {
            LeaveMigrationLock(Path.Combine(storage.DataDirectory, schema + ".db"));
        }

        await using var product = await RunningProduct.StartAsync(storage).WaitAsync(TimeSpan.FromSeconds(30));

        await ShouldWorkAsync(product.Gateway);
    }

    [Fact]
    public async Task Files_that_a_killed_process_only_created_do_not_block_the_start()
    {
        await using var storage = Storage.EmptySqlite();
        foreach (var schema in Modules.All.Select(module => module.Name).Append("platform"))
        {
            await File.WriteAllBytesAsync(Path.Combine(storage.DataDirectory, schema + ".db"), []);
        }

        await using var product = await RunningProduct.StartAsync(storage).WaitAsync(TimeSpan.FromSeconds(30));

        await ShouldWorkAsync(product.Gateway);
    }

    /// <summary>Kills each installation later and later in its start, so that every one is interrupted in its migrations too.</summary>
    private async Task SurviveAsync(int installations, int kills)
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var start = await MeasureStartAsync();
        output.WriteLine($"seed {seed}, a start takes {start.TotalMilliseconds:0} ms");

        for (var each = 0; each < installations; each++)
        {
            await using var installation = Installation.EmptySqlite();
            for (var kill = 0; kill < kills; kill++)
            {
                var process = installation.Launch();
                await Task.Delay(start * ((kill + random.NextDouble()) / kills), TimeProvider.System);
                process.HasExited.ShouldBeFalse(process.Output);
                await process.KillAsync();
            }

            await installation.StartAsync();
            await ShouldWorkAsync(installation.Gateway);
        }
    }

    private static async Task<TimeSpan> MeasureStartAsync()
    {
        await using var installation = Installation.EmptySqlite();
        var launched = TimeProvider.System.GetTimestamp();
        await installation.StartAsync();
        return TimeProvider.System.GetElapsedTime(launched);
    }

    private static async Task ShouldWorkAsync(Uri gateway)
    {
        using var admin = await Members.AdminAsync(gateway);
        using var fan = await Members.WithTokensAsync(gateway, admin, 10);
        using var creator = await Members.CreatorAsync(gateway);
        var tip = await fan.TipAsync(creator.Id, 3);
        tip.Status.ShouldBe(200, tip.Text);
        (await creator.BalanceAsync()).ShouldBe(3);
        await Members.LedgerShouldBeCleanAsync(admin);
    }

    // As EF Core leaves it when the process dies between taking the lock and applying the first migration.
    private static void LeaveMigrationLock(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            CREATE TABLE "__EFMigrationsLock" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY,
                "Timestamp" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsLock" ("Id", "Timestamp") VALUES (1, '2020-01-01 00:00:00+00:00');
            """;
        command.ExecuteNonQuery();
    }
}
