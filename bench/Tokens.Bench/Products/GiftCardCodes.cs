using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Tokens.Bench.Products;

/// <summary>Buys gift cards for others to redeem, and writes their codes down, a line a code.</summary>
internal sealed class GiftCardCodes(Uri gateway, Member buyer, string path)
{
    private const int AtOnce = 64;

    internal string Path { get; } = path;

    internal async Task BuyAsync(int count, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = gateway };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", buyer.Token);
        var codes = new ConcurrentBag<string>();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (_, token) =>
        {
            using var response = await client.PostAsJsonAsync("/api/tokens/gift-card", new { tokenAmount = 1 }, token);
            response.EnsureSuccessStatusCode();
            codes.Add((await response.Content.ReadFromJsonAsync<JsonElement>(token)).GetProperty("giftCardCode").GetString()!);
        });
        await File.WriteAllLinesAsync(Path, codes, cancellationToken);
    }
}
