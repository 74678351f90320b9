using Tokens.Host.Tests.Running;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.RateLimits;

/// <summary>What a limited route's answers say.</summary>
internal static class Limited
{
    internal static Task<Answer> BuyAsync(this TestMember member, string? key = null) =>
        member.PostAsync("/api/tokens/purchase", new { tokenAmount = 50, paymentMethodId = "pm_card_visa" }, key);

    internal static string Field(this Answer answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";

    /// <summary>Permits that are left, by the field.</summary>
    internal static int Remaining(this Answer answer) => Parameter(answer, "r");

    /// <summary>Checks all of a refusal by the policy; answers the seconds that it tells to wait.</summary>
    internal static int ShouldBeRefused(this Answer answer, string policy, int quota, int windowSeconds)
    {
        answer.ShouldBeProblem(429, "rate_limited");
        answer.Title.ShouldBe("Too Many Requests");
        var seconds = answer.Json.GetProperty("retryAfterSeconds").GetInt32();
        seconds.ShouldBeInRange(1, windowSeconds);
        answer.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldBe(TimeSpan.FromSeconds(seconds));
        answer.Field("RateLimit-Policy").ShouldBe($"\"{policy}\";q={quota};w={windowSeconds}");
        answer.Field("RateLimit").ShouldBe($"\"{policy}\";r=0;t={seconds}");
        return seconds;
    }

    private static int Parameter(Answer answer, string name) => int.Parse(
        answer.Field("RateLimit").Split(';').Single(part => part.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..]);
}
