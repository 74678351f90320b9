using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Tokens.Platform.Identity;
using Tokens.Platform.Time;
using Tokens.Wallet.Contracts;

namespace Tokens.Wallet.Balances;

/// <summary>GET /api/tokens/balance.</summary>
internal static class GetBalance
{
    internal sealed record Response(
        bool Success, long Balance, decimal UsdEstimate, decimal TokenValue, bool Cached, DateTime Timestamp);

    internal static async Task<Ok<Response>> Handle(
        Caller caller, BalanceReader balances, TokenValue value, TimeProvider time, CancellationToken cancellationToken)
    {
        var balance = await balances.ReadAsync(caller.Id, cancellationToken);
        return TypedResults.Ok(new Response(
            true, balance.Tokens, value.UsdOf(balance.Tokens), value.Usd, balance.IsCached, time.UtcNow()));
    }
}
