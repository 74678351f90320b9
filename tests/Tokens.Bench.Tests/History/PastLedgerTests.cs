using Tokens.Bench.History;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Data;
using Tokens.Wallet.Verification;

namespace Tokens.Bench.Tests.History;

public sealed class PastLedgerTests
{
    private const int AccountTransfers = 5_000;
    private const int Transfers = 20_000;
    private static readonly DateTime End = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly PastLedger _ledger = new(AccountTransfers, Transfers, End);
    private readonly List<TransferRow> _transfers;

    public PastLedgerTests() => _transfers = [.. _ledger.Transfers()];

    [Fact]
    public void The_products_own_recount_finds_every_account_sound()
    {
        var recounts = _ledger.Accounts.ToDictionary(account => account.Id, _ => new Recount());
        foreach (var transfer in _transfers)
        {
            recounts[transfer.DebitAccountId].Add(-transfer.Tokens, transfer.DebitVersion, transfer.DebitBalanceAfter);
            recounts[transfer.CreditAccountId].Add(transfer.Tokens, transfer.CreditVersion, transfer.CreditBalanceAfter);
        }

        foreach (var account in _ledger.Accounts)
        {
            recounts[account.Id].FaultOf(account.BalanceTokens, account.Version, account.SystemName is null).ShouldBeNull();
        }

        _ledger.Accounts.Sum(account => account.BalanceTokens).ShouldBe(0);
        _ledger.Accounts.ShouldAllBe(account => account.SystemName != null || account.BalanceTokens >= 0);
    }

    [Fact]
    public void There_are_as_many_as_asked_for()
    {
        _transfers.Count.ShouldBe(Transfers);
        _ledger.Account.Version.ShouldBe(AccountTransfers);
        _transfers.Count(OfTheAccount).ShouldBe(AccountTransfers);
    }

    [Fact]
    public void The_long_history_holds_rare_kinds()
    {
        var kinds = _transfers.Where(OfTheAccount).CountBy(transfer => transfer.Kind).ToDictionary();

        kinds.ShouldBe(
            new Dictionary<TransferKind, int> { [TransferKind.Tip] = 4_950, [TransferKind.Call] = 45, [TransferKind.Payout] = 5 },
            ignoreOrder: true);
    }

    [Fact]
    public void Ids_and_times_follow_the_order_of_posting()
    {
        _transfers.Select(transfer => transfer.PostedAt).ShouldBeInOrder();
        _transfers[0].PostedAt.ShouldBe(End - PastLedger.Span);
        _transfers[^1].PostedAt.ShouldBeLessThan(End);
        _transfers.ShouldAllBe(transfer => transfer.PostedAt.Ticks % TimeSpan.TicksPerMillisecond == 0);
        // Text of a version-7 UUID begins with its time.
        _transfers.Select(transfer => transfer.Id.ToString()[..13]).ShouldBeInOrder();
        _transfers.Select(transfer => transfer.Id).Distinct().Count().ShouldBe(Transfers);
    }

    [Fact]
    public void The_same_size_gives_the_same_amounts() =>
        new PastLedger(AccountTransfers, Transfers, End).Transfers().Select(transfer => (transfer.Kind, transfer.Tokens))
            .ShouldBe(_transfers.Select(transfer => (transfer.Kind, transfer.Tokens)));

    private bool OfTheAccount(TransferRow transfer) =>
        transfer.DebitAccountId == _ledger.Account.Id || transfer.CreditAccountId == _ledger.Account.Id;
}
