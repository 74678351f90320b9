using Tokens.Testing.Products;
using Tokens.Testing.Running;

namespace Tokens.GiftCards.Tests.Parts;

/// <summary>Several products on one storage, as in production; each with a gateway of its own.</summary>
internal sealed class Hosts : IAsyncDisposable
{
    private readonly List<RunningProduct> _products = [];

    internal RunningProduct this[int index] => _products[index];

    internal static async Task<Hosts> StartAsync(Storage storage, int count, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var hosts = new Hosts();
        for (var i = 0; i < count; i++)
        {
            var own = new Dictionary<string, string?>(settings ?? new Dictionary<string, string?>());
            if (i > 0)
            {
                own["DATA_DIR"] = Path.Combine(storage.DataDirectory, $"host-{i}");
            }

            hosts._products.Add(await RunningProduct.StartAsync(storage, own));
        }

        return hosts;
    }

    internal async Task GiveAsync(TestMember member, long tokens)
    {
        using var admin = await AdminAsync();
        var answer = await admin.PostAsync(
            "/api/tokens/admin/adjustments", new { memberId = member.Id, tokens, reason = "a start for the test" });
        answer.Status.ShouldBe(200, answer.Text);
    }

    /// <summary>The ledger is whole: nothing drifted, nobody is below zero, all sums to zero.</summary>
    internal async Task LedgerShouldBeCleanAsync()
    {
        using var admin = await AdminAsync();
        await Members.LedgerShouldBeCleanAsync(admin);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var product in _products)
        {
            await product.DisposeAsync();
        }
    }

    private Task<TestMember> AdminAsync() => Members.AdminAsync(_products[0].Gateway);
}
