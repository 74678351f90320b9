using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Tokens.Platform.Time;
using Tokens.Wallet.Contracts;

namespace Tokens.Payments.Packages;

/// <summary>GET /api/tokens/packages: what can be bought.</summary>
internal static class ListPackages
{
    /// <param name="Tokens">What the price buys.</param>
    /// <param name="Price">US dollars.</param>
    /// <param name="Bonus">Whole per cent given on top.</param>
    /// <param name="BonusTokens">The same in tokens.</param>
    /// <param name="Popular">Whether shops put it forward.</param>
    /// <param name="Value">US dollars that all its tokens, bonus included, are worth when spent.</param>
    internal sealed record Package(long Tokens, decimal Price, int Bonus, long BonusTokens, bool Popular, decimal Value);

    internal sealed record Response(bool Success, IReadOnlyList<Package> Packages, decimal TokenValue, DateTime Timestamp);

    internal static Ok<Response> Handle(IOptions<PaymentsOptions> options, TokenValue value, TimeProvider time)
    {
        var shop = options.Value;
        var packages = shop.Packages.Select(package =>
        {
            var bonusTokens = shop.BonusTokensOf(package.Tokens);
            return new Package(
                package.Tokens,
                package.AmountMinor / 100m,
                shop.BonusPercentOf(package.Tokens),
                bonusTokens,
                package.Popular,
                value.UsdOf(package.Tokens + bonusTokens));
        });
        return TypedResults.Ok(new Response(true, [.. packages], value.Usd, time.UtcNow()));
    }
}
