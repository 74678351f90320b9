using System.Net.Http.Json;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Running;

/// <summary>A member whose balance is refilled from a kept card.</summary>
internal static class RefillPlan
{
    /// <summary>Keeps the card, switches refills on, and says that the balance is low.</summary>
    internal static async Task<Answer> RefillAsync(TestMember member, Uri sandbox, string card)
    {
        await KeptCards.KeepAsync(sandbox, member, card);
        await member.SendAsync(HttpMethod.Patch, "/api/tokens/settings/auto-refill", JsonContent.Create(new { autoRefillEnabled = true, autoRefillPackage = 50 }));
        return await member.PostAsync("/api/tokens/smart-refill/trigger", new { triggerType = "low_balance" });
    }
}
