using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tokens.Payments.Data;
using Tokens.Platform.Storage;
using Tokens.Testing;
using Tokens.Testing.Products;

namespace Tokens.Payments.Tests.Parts;

/// <summary>What tests of refills do to a member, and see of one.</summary>
internal static class RefillFans
{
    internal static readonly TimeSpan Soon = Eventually.Deadline;

    /// <summary>A new member with that many tokens and that card.</summary>
    internal static async Task<TestMember> WithCardAsync(Uri gateway, Uri sandbox, string card, long tokens)
    {
        using var admin = await TestMember.SignInAsync(gateway, roles: ["tokens-admin"]);
        var member = await TestMember.SignInAsync(gateway);
        (await admin.PostAsync("/api/tokens/admin/adjustments", new { memberId = member.Id, tokens, reason = "a start for the test" }))
            .Status.ShouldBe(200);
        await KeptCards.KeepAsync(sandbox, member, card);
        return member;
    }

    internal static async Task SetRefillsAsync(this TestMember member, object settings)
    {
        var answer = await member.SendAsync(HttpMethod.Patch, "/api/tokens/settings/auto-refill", JsonContent.Create(settings));
        answer.Status.ShouldBe(200, answer.Text);
    }

    internal static async Task<JsonElement> RefillSettingsAsync(this TestMember member) =>
        (await member.GetAsync("/api/tokens/settings/auto-refill")).Json.GetProperty("settings");

    internal static Task<Testing.Products.Answer> TriggerAsync(this TestMember member, string type, string? key = null) =>
        member.PostAsync("/api/tokens/smart-refill/trigger", new { triggerType = type }, key);

    internal static Task BecomesAsync(this TestMember member, long tokens) =>
        Eventually.BecomesTrueAsync(async () => await member.BalanceAsync() == tokens, Soon, $"the balance becomes {tokens}");

    /// <summary>The tokens of each refill that the member's history shows.</summary>
    internal static async Task<List<long>> RefillsAsync(this TestMember member) =>
    [
        .. (await member.GetAsync("/api/tokens/transactions?type=smart_refill")).Json.GetProperty("transactions").EnumerateArray()
            .Select(refill => refill.GetProperty("tokens").GetInt64()),
    ];

    /// <summary>What the sandbox charged for the member, or for everybody, by the metadata of the intents.</summary>
    internal static async Task<List<Charge>> ChargesAsync(Uri address, Guid? memberId)
    {
        using var sandbox = new HttpClient { BaseAddress = address };
        sandbox.DefaultRequestHeaders.Authorization = new("Bearer", "sk_test_reader");
        var charges = (await sandbox.GetFromJsonAsync<JsonElement>("/sandbox/charges")).GetProperty("charges").EnumerateArray().ToList();
        var own = new List<Charge>();
        foreach (var charge in charges)
        {
            var intent = await sandbox.GetFromJsonAsync<JsonElement>($"/v1/payment_intents/{charge.GetProperty("paymentIntentId").GetString()}");
            if (memberId is null || intent.GetProperty("metadata").GetProperty("member_id").GetGuid() == memberId)
            {
                own.Add(new(charge.GetProperty("status").GetString()!, charge.GetProperty("amount").GetInt64()));
            }
        }

        return own;
    }

    /// <summary>Lets the next refill of the member begin at once.</summary>
    internal static Task ForgetLastRefillAsync(this ProductFixture fixture, TestMember member)
    {
        var db = fixture.Product.Services.GetRequiredService<IModuleDb<PaymentsDb>>();
        return db.WriteAsync(
            (payments, token) => payments.RefillPlans.Where(plan => plan.MemberId == member.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(plan => plan.LastStartedAt, (DateTime?)null), token),
            CancellationToken.None);
    }

    /// <summary>Completes the 3-D Secure of the member's refill that waits for it.</summary>
    internal static async Task AuthenticateAsync(this TestMember member, Uri sandbox)
    {
        var secret = (await member.RefillSettingsAsync()).GetProperty("pending").GetProperty("clientSecret").GetString()!;
        using var browser = new HttpClient { BaseAddress = sandbox };
        var intent = secret[..secret.IndexOf("_secret", StringComparison.Ordinal)];
        (await browser.PostAsJsonAsync($"/sandbox/payment_intents/{intent}/authenticate", new { outcome = "succeed" })).EnsureSuccessStatusCode();
    }

    internal sealed record Charge(string Status, long AmountMinor);
}
