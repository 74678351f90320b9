using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Testing.Running;

namespace Tokens.Host.Tests.MovingIn;

/// <summary>What an older system had is taken over once, by the program's own option, and what can't be is said.</summary>
public sealed class ImportTests : IDisposable
{
    private const string Code = "0123456789ABCDEF";
    private const string OtherCode = "fedcba9876543210";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(90);
    private readonly TemporaryDirectory _directory = new();
    private readonly Guid _fan = Guid.CreateVersion7();
    private readonly Guid _friend = Guid.CreateVersion7();

    private string FilePath => Path.Combine(_directory.Path, "old.ndjson");

    private string RefusalsPath => FilePath + ".refused";

    public void Dispose() => _directory.Dispose();

    [Fact]
    [Trait(Form.Trait, Form.Extended)]
    public Task On_Sqlite() => TakesOverOnceAsync(() => Task.FromResult(Installation.Sqlite()));

    [Fact]
    public Task On_PostgreSQL() => TakesOverOnceAsync(Installation.PostgresAsync);

    [Fact]
    public async Task A_missing_file_and_a_dry_run_of_nothing_are_said_in_a_sentence()
    {
        await using var installation = Installation.Sqlite();

        var (exitCode, output) = await RunAsync(installation, "--import", Path.Combine(_directory.Path, "nothing"));
        exitCode.ShouldBe(1, output);
        output.ShouldContain("nothing");
        output.ShouldNotContain("   at ");
        (exitCode, output) = await RunAsync(installation, "--dry-run");
        exitCode.ShouldBe(1, output);
        output.ShouldContain("--import FILE");
    }

    private async Task TakesOverOnceAsync(Func<Task<Installation>> install)
    {
        await using var installation = await install();
        await File.WriteAllLinesAsync(FilePath, Lines());

        var (exitCode, output) = await RunAsync(installation, "--import", FilePath, "--dry-run");
        exitCode.ShouldBe(2, output);
        output.ShouldContain("balance: 1 taken over, 1 were before, 2 refused");
        await ShouldHaveAsync(installation, balance: 0, cards: 0, transactions: 0);

        (exitCode, output) = await RunAsync(installation, "--import", FilePath);
        exitCode.ShouldBe(2, output);
        output.ShouldContain("balance: 1 taken over, 1 were before, 2 refused");
        output.ShouldContain("gift_card: 2 taken over, 0 were before, 4 refused");
        output.ShouldContain("transaction: 2 taken over, 0 were before, 2 refused");
        output.ShouldContain("unreadable: 0 taken over, 0 were before, 3 refused");
        ShouldSayWhatWasRefused();
        output.ShouldNotContain(Code, Case.Insensitive);
        await ShouldHaveAsync(installation, balance: 700, cards: 2, transactions: 2, async (fan, friend) =>
        {
            await ShouldShowTheHistoryAsync(fan);
            (await RedeemAsync(fan, Code)).Status.ShouldBe(400);
            var redeemed = await RedeemAsync(friend, $" {Code.ToLowerInvariant()} ");
            redeemed.Status.ShouldBe(200, redeemed.Text);
            redeemed.Json.GetProperty("tokensReceived").GetInt64().ShouldBe(60);
            redeemed.Json.GetProperty("message").GetString().ShouldBe("Enjoy 🎂");
        });

        (exitCode, output) = await RunAsync(installation, "--import", FilePath);
        exitCode.ShouldBe(2, output);
        output.ShouldContain("balance: 0 taken over, 2 were before, 2 refused");
        output.ShouldContain("gift_card: 0 taken over, 2 were before, 4 refused");
        output.ShouldContain("transaction: 0 taken over, 2 were before, 2 refused");
        await ShouldHaveAsync(installation, balance: 700, cards: 2, transactions: 2, async (fan, friend) =>
        {
            (await friend.BalanceAsync()).ShouldBe(60);
            (await RedeemAsync(friend, Code)).Status.ShouldBe(404);
            var cards = (await fan.GetAsync("/api/tokens/gift-cards")).Json.GetProperty("giftCards").EnumerateArray().ToList();
            cards.Select(card => card.GetProperty("status").GetString()).ShouldBe(["active", "redeemed"]);
            var cancelled = await fan.SendAsync(
                HttpMethod.Delete, $"/api/tokens/gift-cards/{cards[0].GetProperty("giftCardId").GetGuid()}", content: null);
            cancelled.Status.ShouldBe(200, cancelled.Text);
            (await fan.BalanceAsync()).ShouldBe(725);
        });

        await File.WriteAllTextAsync(FilePath, $$"""{"kind":"balance","memberId":"{{_fan}}","tokens":700}""");
        (exitCode, output) = await RunAsync(installation, "--import", FilePath);
        exitCode.ShouldBe(0, output);
        File.Exists(RefusalsPath).ShouldBeFalse();
    }

    private string[] Lines() =>
    [
        $$"""{"kind":"balance","memberId":"{{_fan}}","tokens":700}""",
        $$"""{"kind":"balance","memberId":"{{Guid.CreateVersion7()}}","tokens":0}""",
        $$"""{"kind":"balance","memberId":"{{_friend}}","tokens":-5}""",
        $$"""{"kind":"balance","memberId":"nobody","tokens":5}""",
        "",
        Card("c1", Code, 60, ""","message":"Enjoy 🎂" """),
        Card("c2", OtherCode, 25, "", "2026-02-01"),
        Card("c3", Code, 60),
        Card("c4", "not hex digits!!", 60),
        Card("c5", "0123456789abcde0", 60, ""","status":"redeemed" """),
        Card("c1", "0123456789abcde1", 61),
        Transaction("t1", "tip", -40, "2026-03-01T10:00:00Z"),
        Transaction("t2", "purchase", 200, "2026-02-01T10:00:00Z"),
        Transaction("t3", "bribe", 200, "2026-02-01T10:00:00Z"),
        Transaction("t4", "tip", 200, "1969-12-31T23:59:59Z"),
        """{"kind":"member","id":"1"}""",
        "{",
        new string('x', 20_000),
    ];

    private string Card(string id, string code, long tokens, string more = "", string createdAt = "2026-01-01") =>
        $$"""{"kind":"gift_card","id":"{{id}}","memberId":"{{_fan}}","code":"{{code}}","tokens":{{tokens}},"createdAt":"{{createdAt}}","expiresAt":"2999-01-01"{{more}}}""";

    private string Transaction(string id, string type, long tokens, string createdAt) =>
        $$"""{"kind":"transaction","id":"{{id}}","memberId":"{{_fan}}","type":"{{type}}","tokens":{{tokens}},"createdAt":"{{createdAt}}","relatedUserId":"{{_friend}}","message":"hi"}""";

    private void ShouldSayWhatWasRefused()
    {
        var refusals = File.ReadAllLines(RefusalsPath).Select(line => line.Split('\t')).ToList();
        refusals.Select(refusal => refusal[0]).ShouldBe(["3", "4", "8", "9", "10", "11", "14", "15", "16", "17", "18"]);
        refusals.ShouldAllBe(refusal => refusal.Length == 3 && refusal[2].Length > 10);
        refusals[3][2].ShouldBe("code must be 16 hexadecimal digits.");
        foreach (var refusal in refusals)
        {
            refusal[2].ShouldNotContain(Code, Case.Insensitive);
        }
    }

    private static async Task ShouldShowTheHistoryAsync(TestMember fan)
    {
        var first = (await fan.GetAsync("/api/tokens/transactions/past?limit=1")).Json;
        var entry = first.GetProperty("transactions")[0];
        entry.GetProperty("type").GetString().ShouldBe("tip");
        entry.GetProperty("tokens").GetInt64().ShouldBe(-40);
        entry.GetProperty("amountUsd").GetDecimal().ShouldBe(-2);
        entry.GetProperty("createdAt").GetDateTime().ToUniversalTime().ShouldBe(new DateTime(2026, 3, 1, 10, 0, 0, DateTimeKind.Utc));
        var second = (await fan.GetAsync($"/api/tokens/transactions/past?limit=1&cursor={first.GetProperty("nextCursor").GetString()}")).Json;
        second.GetProperty("transactions")[0].GetProperty("type").GetString().ShouldBe("purchase");
        second.GetProperty("nextCursor").GetString().ShouldBeNull();
        var own = (await fan.GetAsync("/api/tokens/transactions")).Json;
        own.GetProperty("total").GetInt64().ShouldBe(1);
        own.GetProperty("transactions")[0].GetProperty("type").GetString().ShouldBe("adjustment");
        (await fan.GetAsync("/api/tokens/transactions/past?cursor=x")).Status.ShouldBe(400);
    }

    private static Task<Answer> RedeemAsync(TestMember member, string code) =>
        member.PostAsync("/api/tokens/redeem-gift-card", new { giftCardCode = code });

    private async Task ShouldHaveAsync(
        Installation installation, long balance, int cards, int transactions, Func<TestMember, TestMember, Task>? more = null)
    {
        var process = await installation.StartAsync();
        using var fan = await TestMember.SignInAsync(installation.Gateway, id: _fan);
        using var friend = await TestMember.SignInAsync(installation.Gateway, id: _friend);
        using var admin = await Members.AdminAsync(installation.Gateway);
        (await fan.BalanceAsync()).ShouldBe(balance);
        (await fan.GetAsync("/api/tokens/gift-cards")).Json.GetProperty("giftCards").GetArrayLength().ShouldBe(cards);
        (await fan.GetAsync("/api/tokens/transactions/past")).Json.GetProperty("transactions").GetArrayLength().ShouldBe(transactions);
        await (more?.Invoke(fan, friend) ?? Task.CompletedTask);
        await Members.LedgerShouldBeCleanAsync(admin);
        process.Terminate();
        await process.WaitForExitAsync(Soon);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(Installation installation, params string[] arguments)
    {
        var process = installation.Launch(arguments);
        await process.WaitForExitAsync(Soon);
        return (process.ExitCode, process.Output);
    }
}
