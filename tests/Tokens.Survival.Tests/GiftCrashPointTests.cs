using Microsoft.Data.Sqlite;
using Npgsql;
using Tokens.GiftCards;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Testing.Running;

namespace Tokens.Survival.Tests;

/// <summary>Killed between any two of its steps, a gift card or a gift ends right by itself.</summary>
public sealed class GiftCrashPointTests
{
    private const long Start = 1_000;
    private const long Amount = 100;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(90);

    // One after another on one installation: the host that comes back after a scene dies at the next one's point, so that no scene may
    // be followed by a point that it passes itself.
    private static readonly (string Point, Func<Scene, Task> Act)[] Scenes =
    [
        ("CardStored", scene => scene.IssuesAndIsRolledBackAsync()),
        ("RedeemClaimed", scene => scene.RedeemsAsync()),
        ("CardPaid", scene => scene.IssuesAndIsRolledBackAsync()),
        ("CancelClaimed", scene => scene.CancelsAsync()),
        ("CardActive", scene => scene.IssuesAndComesBackAsync()),
        ("CancelPosted", scene => scene.CancelsAsync()),
        ("RedeemPosted", scene => scene.RedeemsAsync()),
        ("RevokeStored", scene => scene.IsRolledBackInTwoRunsAsync()),
        ("GiftStored", scene => scene.GivesAsync(isPosted: false)),
        ("RedeemStored", scene => scene.RedeemsAsync()),
        ("RevokePosted", scene => scene.IsRolledBackInTwoRunsAsync()),
        ("CancelStored", scene => scene.CancelsAsync()),
        ("ExpiryClaimed", scene => scene.ExpiresAsync()),
        ("GiftPosted", scene => scene.GivesAsync(isPosted: true)),
        ("ExpiryPosted", scene => scene.ExpiresAsync()),
        ("TakeoverStored", scene => scene.BringsACardAsync("0123456789abcdef")),
        ("GiftSent", scene => scene.GivesAsync(isPosted: true)),
        ("TakeoverPosted", scene => scene.BringsACardAsync("fedcba9876543210")),
        ("ExpiryStored", scene => scene.ExpiresAsync()),
    ];

    [Fact]
    [Trait(Form.Trait, Form.Extended)]
    public async Task On_Sqlite() => await AtEveryPointAsync(Installation.Sqlite());

    [Fact]
    public async Task On_PostgreSQL() => await AtEveryPointAsync(await Installation.PostgresAsync());

    private static async Task AtEveryPointAsync(Installation product)
    {
        await using var installation = product;
        var points = Enum.GetNames(typeof(GiftCardsModule).Assembly.GetType("Tokens.GiftCards.Survival.CrashPoint", throwOnError: true)!);
        points.ShouldBe(Scenes.Select(scene => scene.Point), ignoreOrder: true);
        var process = await Scene.LaunchAsync(installation, Scenes[0].Point);
        using var admin = await Members.AdminAsync(installation.Gateway);
        for (var each = 0; each < Scenes.Length; each++)
        {
            var next = each + 1 < Scenes.Length ? Scenes[each + 1].Point : null;
            using var scene = await Scene.BeginAsync(installation, process, admin, Scenes[each].Point, next);
            await Scenes[each].Act(scene);
            await scene.NothingIsLostAsync();
            process = scene.Process;
        }
    }

    private sealed class Scene : IDisposable
    {
        private const string Key = "one-key";
        private readonly Installation _installation;
        private readonly TestMember _admin;
        private readonly TestMember _buyer;
        private readonly TestMember _friend;
        private readonly string _point;
        private readonly string? _next;
        private long _brought;

        private Scene(
            Installation installation, ProductProcess process, TestMember admin, TestMember buyer, TestMember friend, string point, string? next)
        {
            (_installation, Process) = (installation, process);
            (_admin, _buyer, _friend) = (admin, buyer, friend);
            (_point, _next) = (point, next);
        }

        internal ProductProcess Process { get; private set; }

        internal static async Task<Scene> BeginAsync(
            Installation installation, ProductProcess process, TestMember admin, string point, string? next)
        {
            var buyer = await Members.WithTokensAsync(installation.Gateway, admin, Start);
            return new Scene(installation, process, admin, buyer, await TestMember.SignInAsync(installation.Gateway), point, next);
        }

        internal static async Task<ProductProcess> LaunchAsync(Installation installation, string? point)
        {
            var process = Launch(installation, FirstOf(point));
            await process.WaitUntilReadyAsync(installation.Gateway);
            return process;
        }

        internal async Task IssuesAndIsRolledBackAsync()
        {
            await DiesAndComesBackAsync(() => IssueAsync(Key));

            await BalanceBecomesAsync(_buyer, Start);
            (await CardsAsync()).ShouldBeEmpty(_point);

            (await IssueAsync(Key)).Status.ShouldBe(200, _point);
            (await _buyer.BalanceAsync()).ShouldBe(Start - Amount, _point);
        }

        internal async Task IssuesAndComesBackAsync()
        {
            await DiesAndComesBackAsync(() => IssueAsync(Key));

            var answer = await IssueAsync(Key);

            answer.IsReplay.ShouldBeTrue(answer.Text);
            (await _buyer.BalanceAsync()).ShouldBe(Start - Amount, _point);
            (await RedeemAsync(answer.Json.GetProperty("giftCardCode").GetString()!)).Status.ShouldBe(200, _point);
        }

        internal async Task IsRolledBackInTwoRunsAsync()
        {
            await DiesAsync(() => IssueAsync(Key));
            // Its worker may come to the point before anybody saw it ready.
            Process = Launch(_installation, _point);
            await ComesBackAsync();

            await BalanceBecomesAsync(_buyer, Start);
            (await CardsAsync()).ShouldBeEmpty(_point);
        }

        internal async Task RedeemsAsync()
        {
            var (_, code) = await BuyAsync();
            await DiesAndComesBackAsync(() => RedeemAsync(code));

            await BalanceBecomesAsync(_friend, Amount);

            var again = await RedeemAsync(code);
            again.Status.ShouldBe(200, $"{_point}: {again.Text}");
            again.IsReplay.ShouldBeTrue(_point);
            (await _friend.BalanceAsync()).ShouldBe(Amount, _point);
        }

        internal async Task CancelsAsync()
        {
            var (id, _) = await BuyAsync();
            await DiesAndComesBackAsync(() => CancelAsync(id));

            await BalanceBecomesAsync(_buyer, Start);

            (await CancelAsync(id)).Status.ShouldBe(200, _point);
            (await _buyer.BalanceAsync()).ShouldBe(Start, _point);
        }

        internal async Task ExpiresAsync()
        {
            var (id, _) = await BuyAsync();
            await LetExpireAsync(id);
            await ComesBackAsync();

            await BecomesAsync(async () => (await CardsAsync()).Single() is ("expired", _), "the card has expired");
            await BalanceBecomesAsync(_buyer, Start);
            (await CancelAsync(id)).Status.ShouldBe(409, _point);
        }

        /// <summary>The import dies; the next host goes on with the card.</summary>
        internal async Task BringsACardAsync(string code)
        {
            await Process.KillAsync();
            using var directory = new TemporaryDirectory();
            var file = Path.Combine(directory.Path, "old.ndjson");
            await File.WriteAllTextAsync(
                file,
                $$"""{"kind":"gift_card","id":"{{_point}}","memberId":"{{_buyer.Id}}","code":"{{code}}","tokens":{{Amount}},"createdAt":"2026-01-01","expiresAt":"2999-01-01"}""");
            Process = _installation.Launch(
                new Dictionary<string, string?> { ["GiftCards__Survival__CrashAt"] = _point }, "--import", file);
            await ComesBackAsync();
            _brought = Amount;

            await BecomesAsync(async () => (await CardsAsync()) is [("active", Amount)], "the card is active");
            (await RedeemAsync(code)).Status.ShouldBe(200, _point);
            (await _friend.BalanceAsync()).ShouldBe(Amount, _point);
        }

        internal async Task GivesAsync(bool isPosted)
        {
            await DiesAndComesBackAsync(GiftAsync);
            if (isPosted)
            {
                await BecomesAsync(
                    async () => (await _friend.GetAsync("/api/tokens/gifts?type=received")).Json.GetProperty("total").GetInt32() == 1,
                    "the gift is sent");
            }

            var again = await GiftAsync();

            again.Status.ShouldBe(200, $"{_point}: {again.Text}");
            (await _friend.BalanceAsync()).ShouldBe(Amount, _point);
            (await _buyer.BalanceAsync()).ShouldBe(Start - Amount, _point);
        }

        internal async Task NothingIsLostAsync()
        {
            var onCards = (await CardsAsync()).Where(card => card.Status == "active").Sum(card => card.Tokens);
            (await _buyer.BalanceAsync() + await _friend.BalanceAsync() + onCards).ShouldBe(Start + _brought, _point);
            await Members.LedgerShouldBeCleanAsync(_admin);
        }

        public void Dispose()
        {
            _buyer.Dispose();
            _friend.Dispose();
        }

        private static ProductProcess Launch(Installation installation, string? point) => installation.Launch(
            new Dictionary<string, string?>
            {
                ["GiftCards__Survival__CrashAt"] = point,
                ["GiftCards__Recovery__RollBackAfterSeconds"] = "5",
            });

        // Of a card that is given up, the first run leaves it so, and the second one dies at the point.
        private static string? FirstOf(string? point) => point?.StartsWith("Revoke", StringComparison.Ordinal) == true ? "CardPaid" : point;

        private Task<Answer> IssueAsync(string? key) => _buyer.PostAsync("/api/tokens/gift-card", new { tokenAmount = Amount }, key);

        private Task<Answer> RedeemAsync(string code) => _friend.PostAsync("/api/tokens/redeem-gift-card", new { giftCardCode = code }, Key);

        private Task<Answer> CancelAsync(Guid id) => _buyer.SendAsync(HttpMethod.Delete, $"/api/tokens/gift-cards/{id}", content: null);

        private Task<Answer> GiftAsync() => _buyer.PostAsync("/api/tokens/gift", new { recipientId = _friend.Id, tokenAmount = Amount }, Key);

        private async Task<(Guid Id, string Code)> BuyAsync()
        {
            var answer = await IssueAsync(key: null);
            answer.Status.ShouldBe(200, $"{_point}: {answer.Text}");
            return (answer.Json.GetProperty("giftCardId").GetGuid(), answer.Json.GetProperty("giftCardCode").GetString()!);
        }

        private async Task<List<(string Status, long Tokens)>> CardsAsync() =>
            [.. (await _buyer.GetAsync("/api/tokens/gift-cards")).Json.GetProperty("giftCards").EnumerateArray()
                .Select(card => (card.GetProperty("status").GetString()!, card.GetProperty("tokenAmount").GetInt64()))];

        /// <summary>Moves the card's end into the past, as waiting for it would.</summary>
        private async Task LetExpireAsync(Guid card)
        {
            if (_installation.Settings["DATABASE_URL"] is { Length: > 0 } database)
            {
                await using var source = NpgsqlDataSource.Create(database);
                await using var update = source.CreateCommand("UPDATE giftcards.cards SET expires_at = '2020-01-01' WHERE id = $1");
                update.Parameters.AddWithValue(card);
                await update.ExecuteNonQueryAsync();
                return;
            }

            var file = Path.Combine(_installation.DataDirectory, "giftcards.db");
            await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE cards SET expires_at = 0 WHERE id = $card";
            command.Parameters.AddWithValue("$card", card.ToByteArray(bigEndian: true));
            await command.ExecuteNonQueryAsync();
        }

        private async Task DiesAndComesBackAsync(Func<Task<Answer>> call)
        {
            await DiesAsync(call);
            await ComesBackAsync();
        }

        /// <summary>The call's host dies at it; its gateway too, so no answer comes.</summary>
        private async Task DiesAsync(Func<Task<Answer>> call)
        {
            await Should.ThrowAsync<HttpRequestException>(call, _point);
            await Process.WaitForExitAsync(Soon);
        }

        private async Task ComesBackAsync()
        {
            await Process.WaitForExitAsync(Soon);
            Process = await LaunchAsync(_installation, _next);
        }

        private Task BalanceBecomesAsync(TestMember member, long tokens) =>
            BecomesAsync(async () => await member.BalanceAsync() == tokens, $"the balance is {tokens}");

        private Task BecomesAsync(Func<Task<bool>> condition, string what) =>
            Eventually.BecomesTrueAsync(condition, Soon, $"killed at {_point}, {what}");
    }
}
