using System.Text.Json;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Ledger;
using Tokens.Wallet.Transactions;

namespace Tokens.Wallet.Tests.Ledger;

/// <summary>The ledger as the contract words it: one request after another, no batches, no locks, no database.</summary>
internal sealed class LedgerModel
{
    private const long LargestBalance = (1L << 53) - 1;

    private readonly Dictionary<(Guid, string, string), (PostingRequest Request, PostingReceipt Receipt)> _byKey = [];
    private readonly Dictionary<Guid, PostingReceipt> _byId = [];

    internal Dictionary<Guid, MemberAccount> Members { get; } = [];

    internal Dictionary<SystemAccount, long> System { get; } = [];

    /// <summary>Who is a member, and whether a creator.</summary>
    internal Dictionary<Guid, bool> Directory { get; } = [];

    internal PostingDecision Decide(PostingRequest request, DateTime now, bool isRepeat)
    {
        if (isRepeat && _byId.TryGetValue(request.Id, out var committed))
        {
            return new PostingDecision.Posted(committed);
        }

        if (request.Key is { } key && _byKey.TryGetValue((request.CallerId, request.Route, key), out var first))
        {
            return SaysTheSame(first.Request, request)
                ? new PostingDecision.AlreadyPosted(first.Receipt)
                : new PostingDecision.KeyReused();
        }

        return Refuse(request) ?? Post(request, now);
    }

    internal MemberAccount Member(Guid id) => Members.TryGetValue(id, out var account) ? account : Members[id] = new MemberAccount();

    private PostingDecision? Refuse(PostingRequest request)
    {
        if (request.Payee is { } payee
            && !(Directory.TryGetValue(payee.MemberId, out var isCreator) && (isCreator || !payee.MustBeCreator)))
        {
            return new PostingDecision.PayeeUnknown();
        }

        foreach (var member in Touched(request).Where(account => account.IsMember))
        {
            var debt = Member(member.MemberId).Debt;
            if (debt > 0 && request.Legs.Any(leg => leg.From == member && leg.Kind
                is TransferKind.Tip or TransferKind.Call or TransferKind.Gift or TransferKind.GiftCardCreated or TransferKind.Payout))
            {
                return new PostingDecision.OnHold(member.MemberId, debt);
            }
        }

        foreach (var member in Touched(request).Where(account => account.IsMember))
        {
            var balance = Member(member.MemberId).Balance;
            var change = ChangeOf(member, request);
            if (balance + change > LargestBalance)
            {
                return new PostingDecision.BalanceTooLarge(member.MemberId);
            }

            if (balance + change < 0)
            {
                return new PostingDecision.InsufficientBalance(member.MemberId, balance, -change);
            }
        }

        return null;
    }

    private PostingDecision.Posted Post(PostingRequest request, DateTime now)
    {
        var balances = new Dictionary<Guid, long>();
        foreach (var touched in Touched(request))
        {
            var change = ChangeOf(touched, request);
            if (!touched.IsMember)
            {
                System[touched.System] = System.GetValueOrDefault(touched.System) + change;
                continue;
            }

            var account = Member(touched.MemberId);
            account.Balance += change;
            balances[touched.MemberId] = account.Balance;
            var head = request.Legs.First(leg => leg.From == touched || leg.To == touched);
            var other = head.From == touched ? head.To : head.From;
            account.Entries.Add(new Entry(
                request.Id,
                TypeOf(head.Kind, incoming: head.To == touched),
                change,
                change * 5 / 100m,
                "completed",
                account.Balance,
                other.IsMember ? other.MemberId : null,
                request.Channel,
                request.Message,
                request.Reference,
                now));
        }

        foreach (var leg in request.Legs)
        {
            CountTotals(leg);
        }

        var receipt = new PostingReceipt(request.Id, now, balances);
        _byId[request.Id] = receipt;
        if (request.Key is { } key)
        {
            _byKey[(request.CallerId, request.Route, key)] = (request, receipt);
        }

        return new PostingDecision.Posted(receipt);
    }

    private void CountTotals(Leg leg)
    {
        if (leg.From.IsMember)
        {
            Member(leg.From.MemberId).Spent += leg.Kind
                is TransferKind.Tip or TransferKind.Call or TransferKind.Gift or TransferKind.PlatformFee or TransferKind.GiftCardCreated
                ? leg.Tokens : 0;
        }

        if (leg.To.IsMember)
        {
            Member(leg.To.MemberId).Earned += leg.Kind
                is TransferKind.Tip or TransferKind.Call or TransferKind.Gift ? leg.Tokens : 0;
            Member(leg.To.MemberId).Purchased += leg.Kind
                is TransferKind.Purchase or TransferKind.QuickPurchase or TransferKind.SmartRefill or TransferKind.Bonus
                ? leg.Tokens : 0;
        }
    }

    private static IEnumerable<Account> Touched(PostingRequest request) =>
        request.Legs.SelectMany(leg => new[] { leg.From, leg.To }).Distinct();

    private static long ChangeOf(Account account, PostingRequest request) =>
        request.Legs.Sum(leg => leg.To == account ? leg.Tokens : leg.From == account ? -leg.Tokens : 0);

    private static bool SaysTheSame(PostingRequest a, PostingRequest b) =>
        a.Legs.SequenceEqual(b.Legs) && a.Reference == b.Reference && a.Channel == b.Channel && a.Message == b.Message;

    private static string TypeOf(TransferKind kind, bool incoming) => kind == TransferKind.Gift
        ? incoming ? "gift_received" : "gift_sent"
        : JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    internal sealed class MemberAccount
    {
        internal long Balance { get; set; }

        internal long Debt { get; set; }

        /// <summary>Somebody has set the debt, if only to nothing: the account exists without any transfer.</summary>
        internal bool HasOwed { get; set; }

        internal long Purchased { get; set; }

        internal long Spent { get; set; }

        internal long Earned { get; set; }

        /// <summary>Oldest first.</summary>
        internal List<Entry> Entries { get; } = [];
    }
}
