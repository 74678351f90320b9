using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tokens.Platform.Storage;
using Tokens.Testing.Products;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Data;
using Tokens.Wallet.Verification;

namespace Tokens.Wallet.Tests.Ledger;

/// <summary>Members who pay one another as fast as they can: no reading ever sees a token made or lost.</summary>
public sealed class BankTests
{
    private const int MemberCount = 16;
    private const int WriterCount = 64;
    private const int TransfersAWriter = 100;
    private const long Start = 1_000;

    [Fact]
    public async Task On_SQLite_every_reading_sums_to_the_start()
    {
        await using var storage = Storage.Sqlite();
        await using var product = await RunningProduct.StartAsync(storage);
        await RunAsync([product]);
    }

    [Fact]
    public async Task On_PostgreSQL_every_reading_sums_to_the_start()
    {
        await using var storage = await Storage.PostgresAsync();
        await using var product = await RunningProduct.StartAsync(storage);
        await RunAsync([product]);
    }

    [Fact]
    public async Task Two_hosts_post_on_one_PostgreSQL_at_once_and_every_reading_sums_to_the_start()
    {
        await using var storage = await Storage.PostgresAsync();
        await using var first = await RunningProduct.StartAsync(storage);
        await using var second = await RunningProduct.StartAsync(
            storage, new Dictionary<string, string?> { ["ROLES"] = "api", ["Drain:Delay"] = "00:00:00" });
        await RunAsync([first, second]);
    }

    private static async Task RunAsync(IReadOnlyList<RunningProduct> hosts)
    {
        const int Seed = 20_260_101;
        var members = Enumerable.Range(0, MemberCount).Select(_ => Guid.NewGuid()).ToArray();
        var ledgers = hosts.Select(host => host.Services.GetRequiredService<IWalletLedger>()).ToList();
        var db = hosts[0].Services.GetRequiredService<IModuleDb<WalletDb>>();
        foreach (var member in members)
        {
            var leg = new Leg(Account.Of(SystemAccount.Stripe), Account.OfMember(member), Start, TransferKind.Purchase);
            (await ledgers[0].PostAsync(new Posting(new PostingKey("tests", "start", $"{member}"), [leg]), CancellationToken.None))
                .ShouldBeOfType<PostingOutcome.Posted>();
        }

        using var done = new CancellationTokenSource();
        // On the pool, because SQLite answers without ever yielding.
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() => ReadUntilAsync(db, members, done.Token))).ToList();
        var acknowledged = new ConcurrentBag<(Guid Id, Leg Leg)>();
        await Task.WhenAll(Enumerable.Range(0, WriterCount).Select(
            writer => WriteAsync(ledgers[writer % ledgers.Count], members, new Random(Seed + writer), writer, acknowledged)));
        await done.CancelAsync();

        (await Task.WhenAll(readers)).Sum().ShouldBeGreaterThan(10, "readers must have read while there was writing");
        await CompareAsync(hosts[0], db, members, acknowledged);
    }

    private static async Task WriteAsync(
        IWalletLedger ledger, Guid[] members, Random random, int writer, ConcurrentBag<(Guid Id, Leg Leg)> acknowledged)
    {
        for (var i = 0; i < TransfersAWriter; i++)
        {
            var from = random.Next(members.Length);
            var to = (from + random.Next(1, members.Length)) % members.Length;
            var leg = new Leg(
                Account.OfMember(members[from]), Account.OfMember(members[to]), random.Next(1, 700), TransferKind.Gift);
            var posting = new Posting(new PostingKey("tests", "bank", $"{writer}-{i}-{members[0]}"), [leg]);
            switch (await ledger.PostAsync(posting, CancellationToken.None))
            {
                case PostingOutcome.Posted posted:
                    acknowledged.Add((posted.Receipt.TransferId, leg));
                    break;
                case PostingOutcome.InsufficientBalance low:
                    low.BalanceTokens.ShouldBeLessThan(low.RequiredTokens);
                    break;
                case var other:
                    throw new InvalidOperationException($"Nobody asked for {other}.");
            }
        }
    }

    /// <summary>Reads until told to stop; answers how often it could.</summary>
    private static async Task<int> ReadUntilAsync(IModuleDb<WalletDb> db, Guid[] members, CancellationToken stop)
    {
        var readings = 0;
        while (!stop.IsCancellationRequested)
        {
            // One statement: one snapshot.
            var balances = await db.ReadAsync(
                (wallet, token) => wallet.Accounts.Where(a => members.Contains(a.Id)).Select(a => a.BalanceTokens).ToListAsync(token),
                CancellationToken.None);
            balances.Sum().ShouldBe(MemberCount * Start);
            balances.ShouldAllBe(balance => balance >= 0);
            readings++;
        }

        return readings;
    }

    private static async Task CompareAsync(
        RunningProduct host, IModuleDb<WalletDb> db, Guid[] members, ConcurrentBag<(Guid Id, Leg Leg)> acknowledged)
    {
        acknowledged.Count.ShouldBeGreaterThan(WriterCount);
        var stored = await db.ReadAsync(
            (wallet, token) => wallet.Transfers.Where(t => t.Kind == TransferKind.Gift).Select(t => t.Id).ToListAsync(token),
            CancellationToken.None);
        stored.Order().ShouldBe(acknowledged.Select(transfer => transfer.Id).Order());

        var accounts = await db.ReadAsync(
            (wallet, token) => wallet.Accounts.Where(a => members.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.BalanceTokens, token),
            CancellationToken.None);
        foreach (var member in members)
        {
            var received = acknowledged.Where(t => t.Leg.To.MemberId == member).Sum(t => t.Leg.Tokens);
            var paid = acknowledged.Where(t => t.Leg.From.MemberId == member).Sum(t => t.Leg.Tokens);
            accounts[member].ShouldBe(Start + received - paid);
        }

        var report = await host.Services.GetRequiredService<LedgerAudit>().RunAsync(CancellationToken.None);
        report.Transfers.ShouldBe(acknowledged.Count + MemberCount);
        report.SumOfBalances.ShouldBe(0);
        report.Drifted.ShouldBeEmpty();
        report.Negative.ShouldBeEmpty();
    }
}
