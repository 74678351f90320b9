using System.Globalization;
using System.Text.Json;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Testing.Running;
using Xunit.Abstractions;

namespace Tokens.Analytics.Tests.Survival;

/// <summary>After whatever members did while hosts were killed, the roll-ups equal a recount of the wallet's history.</summary>
public sealed class RecountTests(ITestOutputHelper output)
{
    private const int Kills = 3;
    private const int CallsBetweenKills = 60;
    private static readonly TimeSpan Soon = Eventually.Deadline;
    private static readonly string[] SpentTypes = ["tip", "call", "gift_sent", "gift_card_created"];
    private static readonly string[] EarnedTypes = ["tip", "call", "gift_received"];

    [Fact]
    [Trait(Form.Trait, Form.Extended)]
    public async Task A_host_on_SQLite_is_killed()
    {
        await using var installation = Installation.Sqlite();
        await KillOnlyHostAsync(installation);
    }

    [Fact]
    [Trait(Form.Trait, Form.Extended)]
    public async Task A_host_on_PostgreSQL_is_killed()
    {
        await using var installation = await Installation.PostgresAsync();
        await KillOnlyHostAsync(installation);
    }

    [Fact]
    public async Task One_of_two_hosts_at_a_time_is_killed()
    {
        await using var installation = await Installation.PostgresAsync();
        var hosts = await installation.StartTwoHostsAsync();
        await using var crowd = await Crowd.ComeAsync(installation.Gateway, Seed());

        for (var kill = 0; kill < Kills; kill++)
        {
            var calls = crowd.CallAsync(CallsBetweenKills);
            await hosts.KillAsync(kill % 2);
            await calls;
            await hosts.StartAgainAsync(kill % 2);
        }

        await ShouldEqualAsync(crowd);
    }

    private async Task KillOnlyHostAsync(Installation installation)
    {
        var process = await installation.StartAsync();
        await using var crowd = await Crowd.ComeAsync(installation.Gateway, Seed());

        for (var kill = 0; kill < Kills; kill++)
        {
            await crowd.CallAsync(CallsBetweenKills);
            var calls = crowd.CallAsync(CallsBetweenKills);
            await process.KillAsync();
            await calls;
            process = await installation.StartAsync();
        }

        await ShouldEqualAsync(crowd);
    }

    private int Seed()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}");
        return seed;
    }

    private static async Task ShouldEqualAsync(Crowd crowd)
    {
        var transfers = 0;
        foreach (var member in crowd.Members)
        {
            foreach (var (type, sign, kinds) in new[] { ("fan", -1, SpentTypes), ("creator", 1, EarnedTypes) })
            {
                var counted = "";
                var recounted = "";
                await Eventually.BecomesTrueAsync(
                    async () =>
                    {
                        counted = Describe((await member.GetAsync($"/api/tokens/analytics/{type}?range=7d")).Json);
                        (recounted, var count) = Recount(await HistoryAsync(member), sign, kinds);
                        transfers += counted == recounted ? count : 0;
                        return counted == recounted;
                    },
                    Soon,
                    $"counted is what is in the history of {member.Id} ({type})");
            }
        }

        transfers.ShouldBeGreaterThan(CallsBetweenKills);
    }

    private static async Task<List<JsonElement>> HistoryAsync(TestMember member) =>
        [.. (await member.GetAsync("/api/tokens/transactions/export?format=json")).Json.GetProperty("transactions").EnumerateArray()];

    private static string Describe(JsonElement analytics) => string.Join('\n', [
        .. analytics.GetProperty("daily").EnumerateArray().Where(day => day.GetProperty("transactions").GetInt32() != 0)
            .Select(day => $"{day.GetProperty("date")}: {day.GetProperty("tokens")} in {day.GetProperty("transactions")}"),
        .. analytics.GetProperty("byType").EnumerateObject().Where(type => type.Value.GetInt64() != 0)
            .OrderBy(type => type.Name, StringComparer.Ordinal).Select(type => $"{type.Name}: {type.Value}"),
    ]);

    private static (string Description, int Transfers) Recount(List<JsonElement> history, int sign, string[] kinds)
    {
        var wanted = history.Select(entry => (
                Type: entry.GetProperty("type").GetString()!,
                Tokens: entry.GetProperty("tokens").GetInt64(),
                Day: entry.GetProperty("createdAt").GetDateTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))
            .Where(entry => (kinds.Contains(entry.Type) && Math.Sign(entry.Tokens) == sign) || (sign < 0 && entry.Type == "gift_card_refunded"))
            .Select(entry => (Type: entry.Type == "gift_card_refunded" ? "gift_card_created" : entry.Type, Tokens: sign * entry.Tokens, entry.Day, Transfers: entry.Type == "gift_card_refunded" ? 0 : 1))
            .ToList();
        return (
            string.Join('\n', [
                .. wanted.GroupBy(entry => entry.Day).OrderBy(day => day.Key, StringComparer.Ordinal)
                    .Select(day => (day.Key, Tokens: day.Sum(entry => entry.Tokens), Transfers: day.Sum(entry => entry.Transfers)))
                    .Where(day => day.Transfers != 0).Select(day => $"{day.Key}: {day.Tokens} in {day.Transfers}"),
                .. wanted.GroupBy(entry => entry.Type).Where(type => type.Sum(entry => entry.Tokens) != 0)
                    .OrderBy(type => type.Key, StringComparer.Ordinal).Select(type => $"{type.Key}: {type.Sum(entry => entry.Tokens)}"),
            ]),
            wanted.Count);
    }
}
