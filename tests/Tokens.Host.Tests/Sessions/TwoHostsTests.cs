using Tokens.Host.Tests.Running;
using Tokens.Testing;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Sessions;

/// <summary>Two hosts, started at once on one empty database.</summary>
public sealed class TwoHostsTests : IAsyncLifetime
{
    private Storage _storage = null!;
    private RunningProduct[] _hosts = [];

    public async Task InitializeAsync()
    {
        _storage = await Storage.PostgresAsync();
        _hosts = await Task.WhenAll(Enumerable.Range(0, 2).Select(number => Task.Run(() => RunningProduct.StartAsync(
            _storage,
            new Dictionary<string, string?>(SessionProduct.SettingsOf()) { ["DATA_DIR"] = Path.Combine(_storage.DataDirectory, $"host-{number}") }))));
    }

    public async Task DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        await _storage.DisposeAsync();
    }

    [Fact]
    public async Task Either_takes_the_others_sessions()
    {
        foreach (var (here, there) in new[] { (_hosts[0], _hosts[1]), (_hosts[1], _hosts[0]) })
        {
            using var session = await (await Browser.OpenAsync(here.Gateway, SessionProduct.Token())).WithCsrfAsync();
            using var elsewhere = session.At(there.Gateway);

            (await elsewhere.BalanceAsync()).ShouldBe(0);
            (await elsewhere.PostAsync("/api/tokens/tip", new { })).ShouldBeProblem(400, "validation_failed");
        }
    }

    [Fact]
    public async Task A_session_that_ends_on_one_ends_on_the_other_with_its_live_balance()
    {
        using var session = await (await Browser.OpenAsync(_hosts[0].Gateway, SessionProduct.Token())).WithCsrfAsync();
        using var elsewhere = session.At(_hosts[1].Gateway);
        using var stream = await elsewhere.StreamAsync();
        (await stream.ReadLineAsync()).ShouldBe("event: balance_updated");
        (await elsewhere.BalanceAsync()).ShouldBe(0);

        (await session.DeleteAsync("/api/auth/session")).Status.ShouldBe(200);

        // The other host may still believe in it for a moment, but it can't be ended twice.
        (await elsewhere.DeleteAsync("/api/auth/session")).ShouldBeProblem(401, "unauthenticated");
        await Eventually.BecomesTrueAsync(
            async () => (await elsewhere.GetAsync("/api/tokens/balance")).Status == 401, TimeSpan.FromSeconds(10), "the other host knows");
        (await stream.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System)).ShouldContain("event: expired");
    }
}
