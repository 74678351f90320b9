using BenchmarkDotNet.Attributes;
using Tokens.Platform.Time;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Ledger;

namespace Tokens.Bench.Pieces;

/// <summary>What the ledger does in memory for each tip; public because the library derives from it.</summary>
[MemoryDiagnoser]
public class PostingPieces
{
    private const int Tips = 200;
    private const int Members = 100;

    private readonly Guid[] _members = [.. Enumerable.Range(0, Members).Select(_ => Uuid.NewRandom())];
    private readonly DateTime _now = TimeProvider.System.UtcNow();
    private PostingRequest[] _requests = [];
    private Leg[] _legs = [];

    /// <summary>A batch of tips as a busy server collects it: every fan twice, the creators in turn.</summary>
    [GlobalSetup]
    public void MakeBatch()
    {
        _requests = [.. Enumerable.Range(0, Tips).Select(RequestOf)];
        _legs = [LegOf(0)];
    }

    [Benchmark(Description = "a payload's hash")]
    public byte[] Hash() => PayloadHash.Of(_legs, reference: null, channel: null, message: null);

    [Benchmark(Description = "a tip in a batch of 200: its accounts put in order", OperationsPerInvoke = Tips)]
    public object Order() => new PostingBatch(_requests, writer: 0);

    [Benchmark(Description = "a tip in a batch of 200: decided", OperationsPerInvoke = Tips)]
    public int Decide()
    {
        var facts = new BatchFacts();
        foreach (var id in _members)
        {
            facts.Accounts[id] = new AccountState { Id = id, IsMember = true, BalanceTokens = 1_000_000 };
            facts.Payees[id] = true;
        }

        var decider = new BatchDecider(facts, Uuid.NewRandom(), _now, writer: 0);
        foreach (var request in _requests)
        {
            _ = (PostingDecision.Posted)decider.Decide(request);
        }

        return decider.Transfers.Count;
    }

    private PostingRequest RequestOf(int index) => new()
    {
        Id = Uuid.NewRandom(),
        CallerId = LegOf(index).From.MemberId,
        Route = "tip",
        Key = $"{index}",
        PayloadHash = PayloadHash.Of([LegOf(index)], reference: null, channel: null, message: null),
        Legs = [LegOf(index)],
        Payee = new RequiredPayee(LegOf(index).To.MemberId, MustBeCreator: true),
    };

    private Leg LegOf(int index) => new(
        Account.OfMember(_members[index % Members]), Account.OfMember(_members[(index + 1) % Members]), 1, TransferKind.Tip);
}
