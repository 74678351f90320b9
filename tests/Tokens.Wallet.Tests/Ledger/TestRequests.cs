using Tokens.Platform.Time;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Ledger;

namespace Tokens.Wallet.Tests.Ledger;

/// <summary>Requests of one leg, where a test doesn't care for more.</summary>
internal static class TestRequests
{
    internal static PostingRequest Transfer(Guid from, Guid to, long tokens = 1, string? key = null) =>
        Of(new Leg(Account.OfMember(from), Account.OfMember(to), tokens, TransferKind.Gift), from, key);

    internal static PostingRequest Purchase(Guid member, long tokens, string? key = null) =>
        Of(new Leg(Account.Of(SystemAccount.Stripe), Account.OfMember(member), tokens, TransferKind.Purchase), member, key);

    private static PostingRequest Of(Leg leg, Guid caller, string? key) => new()
    {
        Id = Uuid.New(TimeProvider.System),
        CallerId = caller,
        Route = "test",
        Key = key,
        PayloadHash = PayloadHash.Of([leg], reference: null, channel: null, message: null),
        Legs = [leg],
    };
}
