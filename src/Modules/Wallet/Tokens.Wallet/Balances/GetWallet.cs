using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Tokens.Platform.Identity;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;
using Tokens.Wallet.Data;

namespace Tokens.Wallet.Balances;

/// <summary>GET /api/tokens: the wallet under an old client's names.</summary>
internal static class GetWallet
{
    internal sealed record Response(
        [property: JsonPropertyName("tokens")] long Tokens,
        [property: JsonPropertyName("balance")] long Balance,
        [property: JsonPropertyName("total_balance")] long TotalBalance,
        [property: JsonPropertyName("total_purchased")] long TotalPurchased,
        [property: JsonPropertyName("total_spent")] long TotalSpent,
        [property: JsonPropertyName("total_earned")] long TotalEarned,
        [property: JsonPropertyName("debt")] long Debt,
        [property: JsonPropertyName("updated_at")] DateTime UpdatedAt);

    internal static async Task<Ok<Response>> Handle(
        Caller caller, IModuleDb<WalletDb> db, TimeProvider time, CancellationToken cancellationToken)
    {
        var account = await db.ReadAsync(
            (wallet, token) => wallet.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == caller.Id, token),
            cancellationToken) ?? new AccountRow { Id = caller.Id };
        return TypedResults.Ok(new Response(
            account.BalanceTokens,
            account.BalanceTokens,
            account.BalanceTokens,
            account.PurchasedTokens,
            account.SpentTokens,
            account.EarnedTokens,
            account.DebtTokens,
            time.UtcNow()));
    }
}
