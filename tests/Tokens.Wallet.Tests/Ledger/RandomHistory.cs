using Tokens.Platform.Time;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Ledger;

namespace Tokens.Wallet.Tests.Ledger;

/// <summary>Makes requests at random, the same ones for the same seed but for their ids.</summary>
internal sealed class RandomHistory
{
    private const long LargestAmount = (1L << 53) - 1;
    private static readonly string[] Routes = ["tip", "call", "gift"];
    private static readonly string?[] Texts = [null, null, "", "live", "a, \"b\"\n=c", "🎉🎉", new string('x', 100)];
    private static readonly SystemAccount[] Systems = [.. Enum.GetValues<SystemAccount>().Where(system => system != SystemAccount.None)];
    private static readonly TransferKind[] Kinds = Enum.GetValues<TransferKind>();

    private readonly Random _random;
    private readonly TimeProvider _time;
    private readonly List<PostingRequest> _earlier = [];
    private int _keys;

    internal RandomHistory(int seed, TimeProvider time)
    {
        _random = new Random(seed);
        _time = time;
    }

    /// <summary>Six members, of whom every other is a creator, and after them two strangers who have accounts only.</summary>
    internal List<Guid> Ids { get; } = [.. Enumerable.Range(0, 8).Select(_ => Guid.NewGuid())];

    internal static int MemberCount => 6;

    internal int Next(int from, int upTo) => _random.Next(from, upTo + 1);

    internal bool Chance(double probability) => _random.NextDouble() < probability;

    internal T Pick<T>(IReadOnlyList<T> list) => list[_random.Next(list.Count)];

    internal PostingRequest NextRequest()
    {
        var request = _earlier.Count == 0 ? Fresh() : _random.NextDouble() switch
        {
            < 0.15 => Like(Pick(_earlier), Legs(), keepsContent: true),
            < 0.20 => Like(Pick(_earlier), Legs(), keepsContent: false),
            _ => Fresh(),
        };
        _earlier.Add(request);
        return request;
    }

    private PostingRequest Fresh()
    {
        var key = Chance(0.8) ? $"key-{++_keys}" : null;
        var legs = Legs();
        return Make(Pick(Ids), Pick(Routes), key, legs, Pick(Texts), Pick(Texts), Pick(Texts));
    }

    private PostingRequest Like(PostingRequest earlier, List<Leg> other, bool keepsContent) => Make(
        earlier.CallerId,
        earlier.Route,
        earlier.Key,
        keepsContent ? earlier.Legs : other,
        earlier.Reference,
        earlier.Channel,
        earlier.Message,
        earlier.Payee);

    private PostingRequest Make(
        Guid caller,
        string route,
        string? key,
        IReadOnlyList<Leg> legs,
        string? reference,
        string? channel,
        string? message,
        RequiredPayee? payee = null) => new()
        {
            Id = Uuid.New(_time),
            CallerId = caller,
            Route = route,
            Key = key,
            PayloadHash = PayloadHash.Of(legs, reference, channel, message),
            Legs = legs,
            Payee = payee ?? (legs[0].To.IsMember && Chance(0.3) ? new RequiredPayee(legs[0].To.MemberId, Chance(0.5)) : null),
            Reference = reference,
            Channel = channel,
            Message = message,
        };

    private List<Leg> Legs()
    {
        if (Chance(0.35))
        {
            return [new Leg(Account.Of(SystemAccount.Stripe), Account.OfMember(Pick(Ids)), Next(1, 500), TransferKind.Purchase)];
        }

        var count = Chance(0.6) ? 1 : Next(2, Posting.LegsMax);
        return [.. Enumerable.Range(0, count).Select(_ => RandomLeg())];
    }

    private Leg RandomLeg()
    {
        var from = RandomAccount();
        Account to;
        do
        {
            to = RandomAccount();
        }
        while (to == from);
        return new Leg(from, to, RandomAmount(), Pick(Kinds));
    }

    private Account RandomAccount() => Chance(0.75) ? Account.OfMember(Pick(Ids)) : Account.Of(Pick(Systems));

    private long RandomAmount() => _random.NextDouble() switch
    {
        < 0.03 => LargestAmount,
        < 0.05 => LargestAmount - Next(0, 500),
        < 0.15 => Next(1_000, 100_000),
        _ => Next(1, 100),
    };
}
