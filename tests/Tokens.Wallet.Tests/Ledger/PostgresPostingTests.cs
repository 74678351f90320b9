using System.Collections.Concurrent;
using Npgsql;
using Tokens.Platform.Problems;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Ledger;
using Tokens.Wallet.Tests.Parts;

namespace Tokens.Wallet.Tests.Ledger;

/// <summary>What only a database with other sessions in it can do to the writer.</summary>
public sealed class PostgresPostingTests : IAsyncLifetime
{
    private const int LockTimeoutMs = 3_000;
    private const string Deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
    private const string KillWriters = """
        SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
        WHERE application_name = 'tokens.wallet.writer' AND datname = current_database()
        """;

    private static readonly TimeSpan Promptly = TimeSpan.FromMilliseconds(2_000);

    private readonly List<BareWallet> _wallets = [];
    private Storage? _storage;

    public async Task InitializeAsync() => _storage = await Storage.PostgresAsync();

    public async Task DisposeAsync()
    {
        foreach (var wallet in _wallets)
        {
            await wallet.DisposeAsync();
        }

        await _storage!.DisposeAsync();
    }

    [Fact]
    public async Task A_row_that_another_session_holds_stops_its_own_requests_only()
    {
        var wallet = await StartHostAsync();
        var (held, other, fresh) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await PostAsync(wallet, TestRequests.Purchase(held, 100));
        await PostAsync(wallet, TestRequests.Purchase(other, 100));

        await using var session = await ConnectAsync();
        await using var transaction = await session.BeginTransactionAsync();
        await ExecuteAsync(session, $"SELECT 1 FROM wallet.accounts WHERE id = '{held}' FOR UPDATE");

        // One batch: the first meets the lock and takes its neighbours along until they part.
        var waiting = wallet.Queue.PostAsync(TestRequests.Purchase(held, 1));
        var neighbours = new[]
        {
            wallet.Queue.PostAsync(TestRequests.Purchase(other, 1)),
            wallet.Queue.PostAsync(TestRequests.Transfer(other, fresh)),
        };
        await Task.WhenAll(neighbours).WaitAsync(TimeSpan.FromMilliseconds(LockTimeoutMs) + Promptly, TimeProvider.System);
        waiting.IsCompleted.ShouldBeFalse();

        // From now on nobody else meets it.
        var later = wallet.Queue.PostAsync(TestRequests.Purchase(held, 1));
        for (var i = 0; i < 10; i++)
        {
            await PostAsync(wallet, TestRequests.Purchase(other, 1)).WaitAsync(Promptly, TimeProvider.System);
            await PostAsync(wallet, TestRequests.Transfer(other, Guid.NewGuid())).WaitAsync(Promptly, TimeProvider.System);
        }

        waiting.IsCompleted.ShouldBeFalse();
        later.IsCompleted.ShouldBeFalse();

        await transaction.RollbackAsync();
        (await waiting).ShouldBeOfType<PostingDecision.Posted>().Receipt.BalancesAfter[held].ShouldBe(101);
        (await later).ShouldBeOfType<PostingDecision.Posted>().Receipt.BalancesAfter[held].ShouldBe(102);
        await ShouldBeSoundAsync(wallet);
    }

    [Fact]
    public async Task Sessions_killed_under_load_lose_and_double_nothing()
    {
        var wallet = await StartHostAsync();
        var members = Enumerable.Range(0, 8).Select(_ => Guid.NewGuid()).ToArray();
        foreach (var member in members)
        {
            await PostAsync(wallet, TestRequests.Purchase(member, 10_000));
        }

        await using var session = await ConnectAsync();
        using var done = new CancellationTokenSource();
        var acknowledged = new ConcurrentBag<Guid>();
        var writers = Enumerable.Range(0, 32)
            .Select(writer => Task.Run(() => WriteUntilAsync(wallet, members, writer, acknowledged, done.Token))).ToList();
        for (var round = 1; round <= 15; round++)
        {
            var before = acknowledged.Count;
            // Between two sessions there is none to kill.
            await Eventually.BecomesTrueAsync(
                async () => await ExecuteAsync(session, KillWriters) > 0, TimeSpan.FromSeconds(30), $"kill {round} hits a session");
            await Eventually.BecomesTrueAsync(
                () => acknowledged.Count > before + 100, TimeSpan.FromSeconds(30), $"posting goes on after kill {round}");
        }

        await done.CancelAsync();
        await Task.WhenAll(writers);

        var stored = (await wallet.Db.TransfersAsync()).Where(t => t.Kind == TransferKind.Gift).Select(t => t.Id).ToList();
        stored.Order().ShouldBe(acknowledged.Order());
        await ShouldBeSoundAsync(wallet);
    }

    [Fact]
    public async Task Two_hosts_that_post_in_opposite_directions_never_deadlock()
    {
        var hosts = new[] { await StartHostAsync(), await StartHostAsync() };
        var members = Enumerable.Range(0, 6).Select(_ => Guid.NewGuid()).ToArray();
        foreach (var member in members)
        {
            await PostAsync(hosts[0], TestRequests.Purchase(member, 100_000));
        }

        await using var session = await ConnectAsync();
        var before = await ExecuteAsync(session, Deadlocks);
        var decisions = await Task.WhenAll(Enumerable.Range(0, 600).Select(i =>
        {
            var (low, high) = (members[i % 3], members[3 + (i % 3)]);
            return i % 2 == 0
                ? PostAsync(hosts[0], TestRequests.Transfer(low, high))
                : PostAsync(hosts[1], TestRequests.Transfer(high, low));
        }));

        decisions.ShouldAllBe(decision => decision is PostingDecision.Posted);
        (await ExecuteAsync(session, Deadlocks)).ShouldBe(before);
        await ShouldBeSoundAsync(hosts[0]);
    }

    [Fact]
    public async Task Each_writer_has_system_accounts_of_its_own()
    {
        var hosts = new[] { await StartHostAsync(), await StartHostAsync() };
        foreach (var host in hosts)
        {
            await PostAsync(host, TestRequests.Purchase(Guid.NewGuid(), 5));
        }

        var shares = (await hosts[0].Db.AccountsAsync()).Where(account => account.SystemName is not null).ToList();

        shares.Select(share => share.SystemName).Distinct().Count().ShouldBe(2);
        shares.ShouldAllBe(share => share.SystemName!.StartsWith("stripe/") && share.BalanceTokens == -5);
    }

    private async Task<BareWallet> StartHostAsync()
    {
        var wallet = await BareWallet.OpenAsync(
            _storage!, settings: new Dictionary<string, string?> { ["Ledger:LockTimeoutMs"] = $"{LockTimeoutMs}" });
        _wallets.Add(wallet);
        await wallet.StartAsync();
        return wallet;
    }

    private static async Task WriteUntilAsync(
        BareWallet wallet, Guid[] members, int writer, ConcurrentBag<Guid> acknowledged, CancellationToken stop)
    {
        var random = new Random(writer);
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var from = random.Next(members.Length);
            var to = (from + random.Next(1, members.Length)) % members.Length;
            var tokens = random.Next(1, 50);
            switch (await PostUntilKnownAsync(wallet, () => TestRequests.Transfer(members[from], members[to], tokens, $"{writer}-{i}")))
            {
                case PostingDecision.Posted posted:
                    acknowledged.Add(posted.Receipt.TransferId);
                    break;
                case PostingDecision.AlreadyPosted posted:
                    acknowledged.Add(posted.Receipt.TransferId);
                    break;
                case var other:
                    other.ShouldBeOfType<PostingDecision.InsufficientBalance>();
                    break;
            }
        }
    }

    /// <summary>A 503 leaves the outcome open until the same key is repeated, as a client would.</summary>
    private static async Task<PostingDecision> PostUntilKnownAsync(BareWallet wallet, Func<PostingRequest> request)
    {
        const int AttemptsMax = 20;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await wallet.Queue.PostAsync(request());
            }
            catch (ProblemException unknown) when (attempt < AttemptsMax && unknown.Problem.Kind == ProblemKind.DatabaseUnavailable)
            {
            }
        }
    }

    private static Task<PostingDecision> PostAsync(BareWallet wallet, PostingRequest request) => wallet.Queue.PostAsync(request);

    private static async Task ShouldBeSoundAsync(BareWallet wallet)
    {
        var report = await wallet.Audit.RunAsync(CancellationToken.None);
        report.Drifted.ShouldBeEmpty();
        report.Negative.ShouldBeEmpty();
        report.SumOfBalances.ShouldBe(0);
    }

    private async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(_storage!.Settings["DATABASE_URL"]);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<long> ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync());
    }
}
