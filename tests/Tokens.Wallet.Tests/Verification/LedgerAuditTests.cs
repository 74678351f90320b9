using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Data;
using Tokens.Wallet.Ledger;
using Tokens.Wallet.Tests.Parts;
using Tokens.Wallet.Verification;

namespace Tokens.Wallet.Tests.Verification;

/// <summary>A wrong figure is found wherever somebody puts it.</summary>
public abstract class LedgerAuditTests : IAsyncLifetime
{
    private readonly Guid _fan = Guid.NewGuid();
    private readonly Guid _creator = Guid.NewGuid();
    private Storage? _storage;
    private BareWallet? _wallet;

    private BareWallet Wallet => _wallet!;

    public async Task InitializeAsync()
    {
        _storage = await CreateStorageAsync();
        _wallet = await BareWallet.OpenAsync(_storage);
        await Wallet.StartAsync();
        await PostAsync(new Leg(Account.Of(SystemAccount.Stripe), Account.OfMember(_fan), 1_000, TransferKind.Purchase));
        for (var i = 1; i <= 5; i++)
        {
            await PostAsync(new Leg(Account.OfMember(_fan), Account.OfMember(_creator), i, TransferKind.Tip));
        }

        await PostAsync(
            new Leg(Account.OfMember(_fan), Account.OfMember(_creator), 90, TransferKind.Gift),
            new Leg(Account.OfMember(_fan), Account.Of(SystemAccount.Fees), 10, TransferKind.PlatformFee));
    }

    public async Task DisposeAsync()
    {
        await Wallet.DisposeAsync();
        await _storage!.DisposeAsync();
    }

    [Fact]
    public async Task A_clean_ledger_is_clean_and_counted()
    {
        var report = await AuditAsync();

        report.Drifted.ShouldBeEmpty();
        report.Negative.ShouldBeEmpty();
        report.SumOfBalances.ShouldBe(0);
        report.Accounts.ShouldBe(4);
        report.Transfers.ShouldBe(8);
    }

    [Fact]
    public async Task A_balance_that_its_transfers_do_not_add_up_to_is_found()
    {
        await ChangeAccountAsync(_creator, set => set.SetProperty(a => a.BalanceTokens, 106));

        var report = await AuditAsync();

        report.Drifted.ShouldHaveSingleItem().ShouldBe(new Drift(_creator, 106, 105, "balance"));
        report.SumOfBalances.ShouldBe(1);
    }

    [Fact]
    public async Task A_wrong_balance_of_a_system_account_is_found()
    {
        var stripe = AccountIds.Of(SystemAccount.Stripe, 0);
        await ChangeAccountAsync(stripe, set => set.SetProperty(a => a.BalanceTokens, -999));

        (await AuditAsync()).Drifted.ShouldHaveSingleItem().ShouldBe(new Drift(stripe, -999, -1_000, "balance"));
    }

    [Fact]
    public async Task A_wrong_version_is_found()
    {
        await ChangeAccountAsync(_fan, set => set.SetProperty(a => a.Version, 8));

        (await AuditAsync()).Drifted.ShouldHaveSingleItem().ShouldBe(new Drift(_fan, 885, 885, "version"));
    }

    [Fact]
    public async Task A_wrong_amount_of_a_transfer_shows_at_both_accounts()
    {
        await ChangeThirdTipAsync(set => set.SetProperty(t => t.Tokens, 4));

        (await AuditAsync()).Drifted.Select(drift => (drift.AccountId, drift.Fault))
            .ShouldBe([(_fan, "balance"), (_creator, "balance")], ignoreOrder: true);
    }

    [Fact]
    public async Task Two_wrong_amounts_that_cancel_out_show_in_the_history()
    {
        await ChangeThirdTipAsync(set => set.SetProperty(t => t.Tokens, 5));
        await ChangeAsync(t => t.CreditAccountId == _creator && t.CreditVersion == 5, set => set.SetProperty(t => t.Tokens, 3));

        (await AuditAsync()).Drifted.Select(drift => (drift.AccountId, drift.Fault))
            .ShouldBe([(_fan, "history"), (_creator, "history")], ignoreOrder: true);
    }

    [Fact]
    public async Task A_wrong_balance_after_for_the_payer_is_found()
    {
        await ChangeThirdTipAsync(set => set.SetProperty(t => t.DebitBalanceAfter, 993));

        (await AuditAsync()).Drifted.ShouldHaveSingleItem().ShouldBe(new Drift(_fan, 885, 885, "history"));
    }

    [Fact]
    public async Task A_wrong_balance_after_for_the_payee_is_found()
    {
        await ChangeThirdTipAsync(set => set.SetProperty(t => t.CreditBalanceAfter, 7));

        (await AuditAsync()).Drifted.ShouldHaveSingleItem().ShouldBe(new Drift(_creator, 105, 105, "history"));
    }

    [Fact]
    public async Task A_missing_balance_after_is_found()
    {
        await ChangeThirdTipAsync(set => set.SetProperty(t => t.CreditBalanceAfter, (long?)null));

        (await AuditAsync()).Drifted.ShouldHaveSingleItem().ShouldBe(new Drift(_creator, 105, 105, "version"));
    }

    [Fact]
    public async Task A_wrong_version_of_a_transfer_is_found()
    {
        await ChangeThirdTipAsync(set => set.SetProperty(t => t.CreditVersion, 9));

        (await AuditAsync()).Drifted.ShouldHaveSingleItem().ShouldBe(new Drift(_creator, 105, 105, "version"));
    }

    [Fact]
    public async Task A_deleted_transfer_shows_at_both_accounts()
    {
        await Wallet.Db.WriteAsync(
            (wallet, token) => wallet.Transfers.Where(t => t.CreditAccountId == _creator && t.CreditVersion == 3).ExecuteDeleteAsync(token),
            CancellationToken.None);

        var report = await AuditAsync();

        report.Transfers.ShouldBe(7);
        report.Drifted.Select(drift => drift.AccountId).ShouldBe([_fan, _creator], ignoreOrder: true);
    }

    [Fact]
    public async Task A_transfer_between_accounts_that_do_not_exist_is_found()
    {
        var (from, to) = (Guid.NewGuid(), Guid.NewGuid());
        await Wallet.Db.SaveAsync(new TransferRow
        {
            Id = Guid.NewGuid(),
            Leg = 0,
            Kind = TransferKind.Tip,
            DebitAccountId = from,
            CreditAccountId = to,
            Tokens = 7,
            CallerId = from,
            Route = "tip",
            BatchId = Guid.NewGuid(),
            PostedAt = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        });

        (await AuditAsync()).Drifted.ShouldBe([new Drift(from, 0, -7, "account"), new Drift(to, 0, 7, "account")], ignoreOrder: true);
    }

    [Fact]
    public async Task A_deleted_account_is_found()
    {
        await Wallet.Db.WriteAsync(
            (wallet, token) => wallet.Accounts.Where(a => a.Id == _creator).ExecuteDeleteAsync(token), CancellationToken.None);

        var report = await AuditAsync();

        report.Drifted.ShouldHaveSingleItem().ShouldBe(new Drift(_creator, 0, 105, "account"));
        report.SumOfBalances.ShouldBe(-105);
    }

    [Fact]
    public async Task A_balance_below_zero_is_found()
    {
        await PutBelowZeroAsync(_fan, set => set.SetProperty(a => a.BalanceTokens, -1));

        var report = await AuditAsync();

        report.Negative.ShouldHaveSingleItem().ShouldBe(new Negative(_fan, -1));
        report.Drifted.ShouldHaveSingleItem().ShouldBe(new Drift(_fan, -1, 885, "balance"));
    }

    [Fact]
    public async Task Operations_are_told_of_a_balance_below_zero_even_where_its_transfers_add_up()
    {
        (await CheckAsync()).ShouldBeTrue();
        await Wallet.Db.SaveAsync(new TransferRow
        {
            Id = Guid.NewGuid(),
            Leg = 0,
            Kind = TransferKind.Tip,
            DebitAccountId = _fan,
            CreditAccountId = _creator,
            Tokens = 886,
            DebitVersion = 8,
            DebitBalanceAfter = -1,
            CreditVersion = 7,
            CreditBalanceAfter = 991,
            CallerId = _fan,
            Route = "tip",
            BatchId = Guid.NewGuid(),
            PostedAt = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        });
        await ChangeAccountAsync(_creator, set => set.SetProperty(a => a.BalanceTokens, 991).SetProperty(a => a.Version, 7));
        await PutBelowZeroAsync(_fan, set => set.SetProperty(a => a.BalanceTokens, -1).SetProperty(a => a.Version, 8));

        (await AuditAsync()).Drifted.ShouldBeEmpty();
        (await CheckAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task The_schema_refuses_a_balance_below_zero()
    {
        var fault = await Should.ThrowAsync<Exception>(ChangeAccountAsync(_fan, set => set.SetProperty(a => a.BalanceTokens, -1)));

        fault.Message.ShouldContain("ck_accounts_balance");
        (await AuditAsync()).Drifted.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_recount_is_clean_while_writers_run()
    {
        using var done = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 8).Select(_ => Task.Run(() => WriteUntilAsync(done.Token))).ToList();
        var transfers = new HashSet<long>();
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                var report = await AuditAsync();
                report.Drifted.ShouldBeEmpty();
                report.SumOfBalances.ShouldBe(0);
                transfers.Add(report.Transfers);
                return transfers.Count > 10;
            },
            TimeSpan.FromSeconds(60),
            "writers have written between ten recounts");
        await done.CancelAsync();
        await Task.WhenAll(writers);
    }

    protected abstract Task<Storage> CreateStorageAsync();

    private Task<LedgerReport> AuditAsync() => Wallet.Audit.RunAsync(CancellationToken.None);

    private async Task<bool> CheckAsync() => (await new LedgerCheck(Wallet.Audit).RunAsync(CancellationToken.None)).IsSound;

    private async Task WriteUntilAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await PostAsync(new Leg(Account.OfMember(_fan), Account.OfMember(_creator), 1, TransferKind.Tip));
            await PostAsync(new Leg(Account.OfMember(_creator), Account.OfMember(_fan), 1, TransferKind.Gift));
        }
    }

    private async Task PostAsync(params Leg[] legs) => (await Wallet.Ledger.PostAsync(
        new Posting(new PostingKey("tests", "audit", $"{Guid.NewGuid()}"), legs), CancellationToken.None))
        .ShouldBeOfType<PostingOutcome.Posted>();

    private Task<int> ChangeAccountAsync(Guid id, Action<UpdateSettersBuilder<AccountRow>> set) =>
        Wallet.Db.WriteAsync(
            (wallet, token) => wallet.Accounts.Where(a => a.Id == id).ExecuteUpdateAsync(set, token), CancellationToken.None);

    private Task<int> PutBelowZeroAsync(Guid id, Action<UpdateSettersBuilder<AccountRow>> set) => Wallet.Db.WriteAsync(
        async (wallet, token) =>
        {
            await wallet.Database.OpenConnectionAsync(token);
            await wallet.Database.ExecuteSqlRawAsync(
                wallet.IsSqlite
                    ? "PRAGMA ignore_check_constraints = 1"
                    : "ALTER TABLE wallet.accounts DROP CONSTRAINT ck_accounts_balance",
                token);
            await wallet.Accounts.Where(a => a.Id == id).ExecuteUpdateAsync(set, token);
            return await wallet.Database.ExecuteSqlRawAsync(wallet.IsSqlite ? "PRAGMA ignore_check_constraints = 0" : "SELECT 1", token);
        },
        CancellationToken.None);

    /// <summary>The tip of 3 tokens: the creator's third entry, the fan's fourth.</summary>
    private Task ChangeThirdTipAsync(Action<UpdateSettersBuilder<TransferRow>> set) =>
        ChangeAsync(t => t.CreditAccountId == _creator && t.CreditVersion == 3, set);

    private async Task ChangeAsync(
        Expression<Func<TransferRow, bool>> which,
        Action<UpdateSettersBuilder<TransferRow>> set) => (await Wallet.Db.WriteAsync(
            (wallet, token) => wallet.Transfers.Where(which).ExecuteUpdateAsync(set, token), CancellationToken.None)).ShouldBe(1);
}

public sealed class LedgerAuditOnSqliteTests : LedgerAuditTests
{
    protected override Task<Storage> CreateStorageAsync() => Task.FromResult(Storage.Sqlite());
}

public sealed class LedgerAuditOnPostgresTests : LedgerAuditTests
{
    protected override Task<Storage> CreateStorageAsync() => Storage.PostgresAsync();
}
