using Tokens.Bench.Load;
using Tokens.Bench.Products;

namespace Tokens.Bench.Rounds;

/// <summary>The list of what is measured, in the order of a round.</summary>
internal static class Cases
{
    private const string Tip = "/api/tokens/tip";
    private const string Noop = "/dev/noop";

    internal static IReadOnlyList<Case> Of(RunningProduct product, Cast cast, SixStatements raw)
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
            Post(CaseNames.Noop, product.Gateway),
            Post(CaseNames.NoopDirect, product.Api),
        ];

        Case Tips(string name, int connections, string creators) => new(name, connections, (seconds, token) =>
            Wrk.PostAsync(product.Gateway, Tip, connections, seconds, files, creators, token));

        Case Get(string name, string path) => new(name, null, (seconds, token) =>
            Wrk.GetAsync(product.Gateway, path, 64, seconds, files, token));

        // The same bytes as a tip, but for the path.
        Case Post(string name, Uri address) => new(name, null, (seconds, token) =>
            Wrk.PostAsync(address, Noop, 256, seconds, files, files.Creators, token));
    }
}
