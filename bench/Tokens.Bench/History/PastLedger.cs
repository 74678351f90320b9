using Tokens.Platform.Time;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Data;
using Tokens.Wallet.Ledger;

namespace Tokens.Bench.History;

/// <summary>
/// A year of a ledger, as posting would have left it: first every fan buys tokens, then they tip; one creator has the long history,
/// in which one in a hundred is a call and one in a thousand a payout. The same size always gives the same amounts and order.
/// </summary>
internal sealed class PastLedger
{
    internal static readonly TimeSpan Span = TimeSpan.FromDays(365);

    private const int TransfersABatch = 100;
    private const int CallEvery = 100;
    private const int PayoutEvery = 1_000;
    private const int PurchaseEvery = 20;
    private const long FirstPurchase = 100_000_000;
    private const long TipMax = 100;
    // Far from the numbers that hosts take, which begin at 0.
    private const int Writer = 4_000;

    private readonly SettableClock _clock = new();
    private readonly Random _random = new(20_260_101);
    private readonly int _accountTransfers;
    private readonly int _transfers;
    private readonly DateTime _end;
    private readonly List<MemberRow> _members = [];
    private readonly List<AccountRow> _fans;
    private readonly List<AccountRow> _creators;
    private readonly AccountRow _stripe;
    private readonly AccountRow _payouts;
    private Guid _batch;

    /// <param name="accountTransfers">Transfers of the one account.</param>
    /// <param name="transfers">Transfers of all, with those; at least 1.25 times as many.</param>
    /// <param name="end">UTC; the history ends here.</param>
    internal PastLedger(int accountTransfers, int transfers, DateTime end)
    {
        (_accountTransfers, _transfers, _end) = (accountTransfers, transfers, end);
        _clock.Now = end - Span;
        var members = Math.Clamp(transfers / 100, 10, 10_000);
        Account = Member(isCreator: true);
        _fans = [.. Enumerable.Range(0, members).Select(_ => Member(isCreator: false))];
        _creators = [.. Enumerable.Range(0, members).Select(_ => Member(isCreator: true))];
        _stripe = System(SystemAccount.Stripe);
        _payouts = System(SystemAccount.Payouts);
    }

    /// <summary>The account with the long history.</summary>
    internal AccountRow Account { get; }

    internal IReadOnlyList<MemberRow> Members => _members;

    /// <summary>As the transfers leave them, so complete when those have been taken.</summary>
    internal IEnumerable<AccountRow> Accounts => [Account, .. _fans, .. _creators, _stripe, _payouts];

    /// <summary>In the order of posting; to be taken once.</summary>
    internal IEnumerable<TransferRow> Transfers()
    {
        for (var i = 0; i < _transfers; i++)
        {
            _clock.Now = Instant(i);
            if (i % TransfersABatch == 0)
            {
                _batch = Uuid.New(_clock);
            }

            yield return i < _fans.Count
                ? Move(_stripe, _fans[i], FirstPurchase, TransferKind.Purchase)
                : Later(i - _fans.Count);
        }
    }

    // The one account's transfers are spread evenly over all later ones.
    private TransferRow Later(int i)
    {
        var later = _transfers - _fans.Count;
        var (before, after) = ((long)i * _accountTransfers / later, (i + 1L) * _accountTransfers / later);
        var fan = _fans[_random.Next(_fans.Count)];
        if (after > before)
        {
            return OfTheAccount(after, fan);
        }

        return i % PurchaseEvery == 0
            ? Move(_stripe, fan, Amount(), TransferKind.Purchase)
            : Move(fan, _creators[_random.Next(_creators.Count)], Amount(), TransferKind.Tip);
    }

    private TransferRow OfTheAccount(long number, AccountRow fan) => number switch
    {
        _ when number % PayoutEvery == 0 => Move(Account, _payouts, Account.BalanceTokens / 2, TransferKind.Payout),
        _ when number % CallEvery == 0 => Move(fan, Account, Amount(), TransferKind.Call),
        _ => Move(fan, Account, Amount(), TransferKind.Tip),
    };

    private TransferRow Move(AccountRow from, AccountRow to, long tokens, TransferKind kind)
    {
        Post(from, -tokens);
        Post(to, tokens);
        Count(from, to, tokens, kind);
        var byMember = TransferKinds.IsSpend(kind);
        return new TransferRow
        {
            Id = Uuid.New(_clock),
            Leg = 0,
            Kind = kind,
            DebitAccountId = from.Id,
            CreditAccountId = to.Id,
            Tokens = tokens,
            DebitVersion = VersionOf(from),
            DebitBalanceAfter = BalanceOf(from),
            CreditVersion = VersionOf(to),
            CreditBalanceAfter = BalanceOf(to),
            CallerId = byMember ? from.Id : AccountIds.OfModule("payments"),
            Route = RouteOf(kind),
            BatchId = _batch,
            PostedAt = _clock.Now,
        };
    }

    private static void Post(AccountRow account, long tokens)
    {
        account.BalanceTokens += tokens;
        account.Version++;
        if (account.SystemName is null && account.BalanceTokens < 0)
        {
            throw new InvalidOperationException("A history that overdraws a member is none.");
        }
    }

    private static void Count(AccountRow from, AccountRow to, long tokens, TransferKind kind)
    {
        from.SpentTokens += from.SystemName is null && TransferKinds.CountsAsSpent(kind) ? tokens : 0;
        to.EarnedTokens += to.SystemName is null && TransferKinds.CountsAsEarned(kind) ? tokens : 0;
        to.PurchasedTokens += to.SystemName is null && TransferKinds.CountsAsPurchased(kind) ? tokens : 0;
    }

    private static long? VersionOf(AccountRow account) => account.SystemName is null ? account.Version : null;

    private static long? BalanceOf(AccountRow account) => account.SystemName is null ? account.BalanceTokens : null;

    private static string RouteOf(TransferKind kind) => kind switch
    {
        TransferKind.Tip => "tip",
        TransferKind.Call => "call",
        TransferKind.Payout => "payout",
        _ => "purchase",
    };

    private long Amount() => _random.NextInt64(1, TipMax + 1);

    // Whole milliseconds, as the ledger says them.
    private DateTime Instant(int i)
    {
        var ms = (long)(Span.TotalMilliseconds * i / _transfers);
        return _end - Span + TimeSpan.FromMilliseconds(ms);
    }

    private AccountRow Member(bool isCreator)
    {
        var id = Uuid.New(_clock);
        _members.Add(new MemberRow { Id = id, IsCreator = isCreator, SaidAt = _clock.Now, SaidByDirectory = true, CreatedAt = _clock.Now });
        return new AccountRow { Id = id };
    }

    private static AccountRow System(SystemAccount system) =>
        new() { Id = AccountIds.Of(system, Writer), SystemName = AccountIds.NameOf(system, Writer) };
}
