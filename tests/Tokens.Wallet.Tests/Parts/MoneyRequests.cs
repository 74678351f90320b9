using System.Net.Http.Headers;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Tokens.Testing.Products;

namespace Tokens.Wallet.Tests.Parts;

/// <summary>Requests as raw JSON, and what a refusal must leave behind: nothing.</summary>
internal static class MoneyRequests
{
    internal static StringContent Json(string text) => new(text, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

    internal static Task<Answer> PostJsonAsync(this TestMember member, string path, string json, string? key = null) =>
        member.SendAsync(HttpMethod.Post, path, Json(json), key);

    /// <summary>Everything that a money route could change, in one text.</summary>
    internal static Task<string> StateAsync(this ProductFixture fixture) => fixture.Db().ReadAsync(
        async (wallet, token) =>
        {
            var transfers = await wallet.Transfers.CountAsync(token);
            var words = await wallet.Words.CountAsync(token);
            var members = await wallet.Members.CountAsync(token);
            var accounts = await wallet.Accounts.AsNoTracking().OrderBy(a => a.Id).ToListAsync(token);
            return $"{transfers} transfers, {words} words, {members} members\n" + string.Join('\n', accounts.Select(a =>
                $"{a.Id} {a.BalanceTokens} v{a.Version} {a.DebtTokens} {a.PurchasedTokens} {a.SpentTokens} {a.EarnedTokens}"));
        },
        CancellationToken.None);

    internal static void ShouldBeFault(this Answer answer, string field, string title, string sent)
    {
        answer.Status.ShouldBe(400, $"{sent} → {answer.Text}");
        answer.ContentType.ShouldBe("application/problem+json");
        answer.Code.ShouldBe("validation_failed", sent);
        answer.Title.ShouldBe(title, sent);
        answer.Json.GetProperty("error").GetString().ShouldBe(title, sent);
        answer.Json.GetProperty("success").GetBoolean().ShouldBeFalse();
        answer.Json.GetProperty("errors").TryGetProperty(field, out var sentences).ShouldBeTrue($"{sent} → {answer.Text}");
        answer.Json.GetProperty("message").GetString().ShouldBe(sentences[0].GetString());
    }

    /// <summary>What is no amount of tokens, as JSON.</summary>
    internal static readonly string[] WrongAmounts =
    [
        "100.5", "100.0", "1e3", "1E2", "-5", "-0", "0", "9007199254740992", "1e400", "18446744073709551716", "true", "false", "{}", "[]",
        "[100]", "null", "\"abc\"", "\"NaN\"", "\"Infinity\"", "\"-5\"", "\"0\"", "\"100.5\"", "\"1e3\"", "\" 100\"", "\"100 \"", "\"+100\"",
        "\"1,000\"", "\"0x64\"", "\"\"", "\"9007199254740992\"", "\"１００\"", "\"100\\u0000\"", "\"\\ud800\"",
    ];
}
