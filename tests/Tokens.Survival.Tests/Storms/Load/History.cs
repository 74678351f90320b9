using Tokens.Testing.Products;

namespace Tokens.Survival.Tests.Storms.Load;

/// <summary>A member's whole history, read page by page.</summary>
internal static class History
{
    internal sealed record Entry(Guid Id, string Type, long Tokens);

    internal static async Task<IReadOnlyList<Entry>> ReadAsync(TestMember member)
    {
        var entries = new List<Entry>();
        string? cursor = null;
        do
        {
            var answer = await member.GetAsync($"/api/tokens/transactions?limit=200{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}");
            answer.Status.ShouldBe(200, answer.Text);
            entries.AddRange(answer.Json.GetProperty("transactions").EnumerateArray().Select(entry => new Entry(
                entry.GetProperty("id").GetGuid(), entry.GetProperty("type").GetString()!, entry.GetProperty("tokens").GetInt64())));
            cursor = answer.Json.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);

        return entries;
    }
}
