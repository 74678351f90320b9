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
    private const int AtOnce = 2;
    private const long Start = 1_000;
    private const long Amount = 100;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(90);

    private static readonly Dictionary<string, Func<Scene, Task>> Scenes = new()
    {
        ["CardStored"] = scene => scene.IssuesAndIsRolledBackAsync(),
        ["CardPaid"] = scene => scene.IssuesAndIsRolledBackAsync(),
        ["CardActive"] = scene => scene.IssuesAndComesBackAsync(),
        ["RevokeStored"] = scene => scene.IsRolledBackInTwoRunsAsync(),
        ["RevokePosted"] = scene => scene.IsRolledBackInTwoRunsAsync(),
        ["RedeemClaimed"] = scene => scene.RedeemsAsync(),
        ["RedeemPosted"] = scene => scene.RedeemsAsync(),
        ["RedeemStored"] = scene => scene.RedeemsAsync(),
        ["CancelClaimed"] = scene => scene.CancelsAsync(),
        ["CancelPosted"] = scene => scene.CancelsAsync(),
        ["CancelStored"] = scene => scene.CancelsAsync(),
        ["ExpiryClaimed"] = scene => scene.ExpiresAsync(),
        ["ExpiryPosted"] = scene => scene.ExpiresAsync(),
        ["ExpiryStored"] = scene => scene.ExpiresAsync(),
        ["TakeoverStored"] = scene => scene.BringsACardAsync(),
        ["TakeoverPosted"] = scene => scene.BringsACardAsync(),
        ["GiftStored"] = scene => scene.GivesAsync(isPosted: false),
        ["GiftPosted"] = scene => scene.GivesAsync(isPosted: true),
        ["GiftSent"] = scene => scene.GivesAsync(isPosted: true),
    };

    [Fact]
    [Trait(Form.Trait, Form.Extended)]
    public async Task On_Sqlite() => await AtEveryPointAsync(() => Task.FromResult(Installation.Sqlite()));

    [Fact]
    public async Task On_PostgreSQL() => await AtEveryPointAsync(Installation.PostgresAsync);

    private static async Task AtEveryPointAsync(Func<Task<Installation>> install)
    {
        var points = Enum.GetNames(typeof(GiftCardsModule).Assembly.GetType("Tokens.GiftCards.Survival.CrashPoint", throwOnError: true)!);
        points.ShouldBe(Scenes.Keys, ignoreOrder: true);
        await Parallel.ForEachAsync(points, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (point, _) =>
        {
            await using var installation = await install();
            await using var scene = await Scene.BeginAsync(installation, point);
            await Scenes[point](scene);
            await scene.NothingIsLostAsync();
        });
    }

    private sealed class Scene : IAsyncDisposable
    {
        private const string Key = "one-key";
        private readonly Installation _installation;
        private readonly string _point;
        private readonly TestMember _admin;
        private readonly TestMember _buyer;
        private readonly TestMember _friend;
        private ProductProcess _process;
        private long _brought;

        private Scene(Installation installation, string point, ProductProcess process, TestMember admin, TestMember buyer, TestMember friend) =>
            (_installation, _point, _process, _admin, _buyer, _friend) = (installation, point, process, admin, buyer, friend);

        internal static async Task<Scene> BeginAsync(Installation installation, string point)
        {
            // Of a card that is given up, the first run leaves it so, and the second one dies at the point.
            var process = await LaunchAsync(installation, point.StartsWith("Revoke", StringComparison.Ordinal) ? "CardPaid" : point);
            var admin = await Members.AdminAsync(installation.Gateway);
            var buyer = await Members.WithTokensAsync(installation.Gateway, admin, Start);
            return new Scene(installation, point, process, admin, buyer, await TestMember.SignInAsync(installation.Gateway));
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
            _process = Launch(_installation, _point);
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
            await LetExpireAsync();
            await ComesBackAsync();

            await BecomesAsync(async () => (await CardsAsync()).Single() is ("expired", _), "the card has expired");
            await BalanceBecomesAsync(_buyer, Start);
            (await CancelAsync(id)).Status.ShouldBe(409, _point);
        }

        /// <summary>The import dies; the next host goes on with the card.</summary>
        internal async Task BringsACardAsync()
        {
            await _process.KillAsync();
            using var directory = new TemporaryDirectory();
            var file = Path.Combine(directory.Path, "old.ndjson");
            const string Code = "0123456789abcdef";
            await File.WriteAllTextAsync(
                file,
                $$"""{"kind":"gift_card","id":"1","memberId":"{{_buyer.Id}}","code":"{{Code}}","tokens":{{Amount}},"createdAt":"2026-01-01","expiresAt":"2999-01-01"}""");
            _process = _installation.Launch(
                new Dictionary<string, string?> { ["GiftCards__Survival__CrashAt"] = _point }, "--import", file);
            await ComesBackAsync();
            _brought = Amount;

            await BecomesAsync(async () => (await CardsAsync()) is [("active", Amount)], "the card is active");
            (await RedeemAsync(Code)).Status.ShouldBe(200, _point);
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

        public ValueTask DisposeAsync()
        {
            _admin.Dispose();
            _buyer.Dispose();
            _friend.Dispose();
            return ValueTask.CompletedTask;
        }

        private static async Task<ProductProcess> LaunchAsync(Installation installation, string point)
        {
            var process = Launch(installation, point);
            await process.WaitUntilReadyAsync(installation.Gateway);
            return process;
        }

        private static ProductProcess Launch(Installation installation, string point) => installation.Launch(
            new Dictionary<string, string?>
            {
                ["GiftCards__Survival__CrashAt"] = point,
                ["GiftCards__Recovery__RollBackAfterSeconds"] = "5",
            });

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
        private async Task LetExpireAsync()
        {
            if (_installation.Settings["DATABASE_URL"] is { Length: > 0 } database)
            {
                await using var source = NpgsqlDataSource.Create(database);
                await using var update = source.CreateCommand("UPDATE giftcards.cards SET expires_at = '2020-01-01'");
                await update.ExecuteNonQueryAsync();
                return;
            }

            var file = Path.Combine(_installation.DataDirectory, "giftcards.db");
            await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE cards SET expires_at = 0";
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
            await _process.WaitForExitAsync(Soon);
        }

        private async Task ComesBackAsync()
        {
            await _process.WaitForExitAsync(Soon);
            _process = await _installation.StartAsync();
        }

        private Task BalanceBecomesAsync(TestMember member, long tokens) =>
            BecomesAsync(async () => await member.BalanceAsync() == tokens, $"the balance is {tokens}");

        private Task BecomesAsync(Func<Task<bool>> condition, string what) =>
            Eventually.BecomesTrueAsync(condition, Soon, $"killed at {_point}, {what}");
    }
}
