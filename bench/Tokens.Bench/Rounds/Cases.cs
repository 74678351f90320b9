using Tokens.Bench.Load;
using Tokens.Bench.Products;

namespace Tokens.Bench.Rounds;

/// <summary>The list of what is measured, in the order of a round.</summary>
internal static class Cases
{
    private const string Issue = "/api/tokens/gift-card";
    private const string Redeem = "/api/tokens/redeem-gift-card";
    private const string Noop = "/dev/noop";

    // More than can be redeemed in a second, so that a run hardly ever ends for lack of codes.
    private const int CodesPerSecond = 3_000;

    internal static IReadOnlyList<Case> Of(RunningProduct product, Cast cast, GiftCardCodes codes, SixStatements raw)
    {
        var files = cast.Files;
        return
        [
            new Case(CaseNames.RawSpread, null, (seconds, token) => raw.RunAsync(onePayee: false, seconds, token)),
            Tips(CaseNames.TipsSpread, 256, files.Creators),
            new Case(CaseNames.RawOnePayee, null, (seconds, token) => raw.RunAsync(onePayee: true, seconds, token)),
            Tips(CaseNames.TipsOnePayee, 256, files.OneCreator),
            Tips(CaseNames.Tips64, 64, files.Creators),
            Tips(CaseNames.Tips1000, 1_000, files.Creators),
            Tips(CaseNames.Tips1, 1, files.Creators),
            Get(CaseNames.Balance, "/api/tokens/balance"),
            Get(CaseNames.Wallet, "/api/tokens"),
            // A tip's body with the amount in it; who is tipped, a card doesn't ask.
            new Case(CaseNames.GiftCardIssue, null, (seconds, token) =>
                Wrk.PostAsync(product.Gateway, Issue, 64, seconds, files, files.Creators, token)),
            new Case(CaseNames.GiftCardRedeem, null, (seconds, token) =>
                Wrk.RedeemAsync(product.Gateway, Redeem, 64, seconds, files, codes.Path, token))
            {
                PrepareAsync = (seconds, token) => codes.BuyAsync(seconds * CodesPerSecond, token),
            },
            Post(CaseNames.Noop, product.Gateway),
            Post(CaseNames.NoopDirect, product.Api),
        ];

        Case Tips(string name, int connections, string creators) => new(name, connections, (seconds, token) =>
            Wrk.TipAsync(product.Gateway, connections, seconds, files, creators, token));

        Case Get(string name, string path) => new(name, null, (seconds, token) =>
            Wrk.GetAsync(product.Gateway, path, 64, seconds, files, token));

        // The same bytes as a tip, but for the path.
        Case Post(string name, Uri address) => new(name, null, (seconds, token) =>
            Wrk.PostAsync(address, Noop, 256, seconds, files, files.Creators, token));
    }
}
