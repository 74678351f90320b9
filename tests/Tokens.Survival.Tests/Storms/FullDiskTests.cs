using Tokens.Survival.Tests.Storms.Load;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Testing.Running;
using Xunit.Abstractions;

namespace Tokens.Survival.Tests.Storms;

[Collection(Alone.Name)]
[Trait(Form.Trait, Form.Extended)]
public sealed class FullDiskTests(ITestOutputHelper output)
{
    private const int Fans = 32;
    private const int Times = 2;
    private const int Refused = 100;

    [Fact]
    public async Task A_full_disk_under_SQLite_is_told_as_503_until_there_is_room()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 256);
        await using var installation = Installation.Sqlite();
        installation.Settings["DATA_DIR"] = disk.Path;
        await FillAsync(installation, disk);
    }

    [Fact]
    public async Task A_full_disk_under_PostgreSQL_is_told_as_503_until_there_is_room()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 256);
        await using var postgres = await OwnPostgres.StartNewAsync("default_tablespace = small");
        var tablespace = Directory.CreateDirectory(Path.Combine(disk.Path, "tablespace")).FullName;
        await postgres.TakeOverAsync(tablespace);
        await postgres.Databases.ExecuteAsync($"CREATE TABLESPACE small LOCATION '{tablespace}'", CancellationToken.None);
        await using var installation = await Installation.PostgresAsync(postgres.Databases);
        await FillAsync(installation, disk);
    }

    private async Task FillAsync(Installation installation, SmallDisk disk)
    {
        var seed = StormSeed.Choose(output);
        var random = new Random(seed);
        var process = await installation.StartAsync();
        await using var storm = await Storm.BeginAsync(seed, Fans, installation.Gateway);

        for (var time = 0; time < Times; time++)
        {
            await storm.GoesOnAsync(random.Next(100, 500));
            disk.Fill();
            await storm.IsInterruptedAsync(Refused);
            await ReadinessBecomesAsync(installation.Api, 503);
            disk.Empty();
            await ReadinessBecomesAsync(installation.Api, 200);
        }

        await storm.GoesOnAsync(tips: 200);
        process.HasExited.ShouldBeFalse();
        storm.EveryInterruptionShouldBeAClearRefusal();
        await storm.EndAndVerifyAsync();
    }

    private static async Task ReadinessBecomesAsync(Uri api, int status)
    {
        using var client = new HttpClient { BaseAddress = api };
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                var answer = await Answer.ReadAsync(await client.GetAsync("/health/ready"));
                var writes = answer.Json.GetProperty("dependencies").GetProperty("database.writes").GetString()!;
                return answer.Status == status && (status == 200 ? writes == "available" : writes.Contains("disk", StringComparison.Ordinal));
            },
            TimeSpan.FromMinutes(1),
            $"readiness is {status}");
    }
}
