using Shouldly;
using Tokens.Testing.Products;

namespace Tokens.Testing.Running;

/// <summary>Makes members at a gateway, whichever process it belongs to.</summary>
internal static class Members
{
    internal static Task<TestMember> AdminAsync(Uri gateway) => TestMember.SignInAsync(gateway, roles: ["tokens-admin"]);

    internal static Task<TestMember> CreatorAsync(Uri gateway) => TestMember.SignInAsync(gateway, isCreator: true);

    internal static async Task<TestMember> WithTokensAsync(Uri gateway, TestMember admin, long tokens)
    {
        var member = await TestMember.SignInAsync(gateway);
        var answer = await admin.PostAsync(
            "/api/tokens/admin/adjustments", new { memberId = member.Id, tokens, reason = "a start for the test" });
        answer.Status.ShouldBe(200, answer.Text);
        return member;
    }

    internal static async Task LedgerShouldBeCleanAsync(TestMember admin)
    {
        var answer = await admin.GetAsync("/api/tokens/admin/ledger/verify");

        answer.Status.ShouldBe(200, answer.Text);
        answer.Json.GetProperty("success").GetBoolean().ShouldBeTrue(answer.Text);
        answer.Json.GetProperty("sumOfBalances").GetInt64().ShouldBe(0);
        answer.Json.GetProperty("drifted").GetArrayLength().ShouldBe(0);
        answer.Json.GetProperty("negative").GetArrayLength().ShouldBe(0);
    }
}
