using Tokens.Payments.Tests.Parts;
using Tokens.Testing;
using Tokens.Testing.Products;

namespace Tokens.Payments.Tests.Refills;

/// <summary>A process that is killed while it refills, and again while it goes on with it: each member is charged and credited once.</summary>
public abstract class KilledRefillTests
{
    private const int Fans = 8;

    // One that had begun and left no trace is begun again after the pause between two.
    private static readonly TimeSpan InTheEnd = TimeSpan.FromSeconds(150);

    [Fact]
    public async Task Each_balance_is_refilled_once()
    {
        await using var storage = await CreateStorageAsync();
        var (gateway, sandbox) = (LoopbackPort.Address(), LoopbackPort.Address());
        var settings = new Dictionary<string, string?>(storage.Settings)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Logging__LogLevel__Default"] = "Error",
            ["GATEWAY_URLS"] = gateway.AbsoluteUri,
            ["API_URLS"] = LoopbackPort.Address().AbsoluteUri,
            ["SANDBOX_URLS"] = sandbox.AbsoluteUri,
            ["RATE_LIMITS"] = "off",
            ["Refills__LeaseSeconds"] = "10",
            ["Refills__WorkersMax"] = "2",
        };
        await using var first = ProductProcess.Launch(settings);
        await first.WaitUntilReadyAsync(gateway);
        using var star = await TestMember.SignInAsync(gateway, isCreator: true);
        var fans = new List<TestMember>();
        for (var i = 0; i < Fans; i++)
        {
            fans.Add(await RefillFans.WithCardAsync(gateway, sandbox, "pm_card_visa", tokens: 120));
            await fans[i].SetRefillsAsync(new { autoRefillEnabled = true, autoRefillPackage = 50, refillThreshold = 100 });
        }

        (await Task.WhenAll(fans.Select(fan => fan.TipAsync(star.Id, 40)))).ShouldAllBe(tip => tip.Status == 200);
        await Eventually.BecomesTrueAsync(
            async () => (await RefillFans.ChargesAsync(sandbox, null)).Count > 0, RefillFans.Soon, "the first is charged");
        await first.KillAsync();
        await using var second = ProductProcess.Launch(settings);
        await second.WaitUntilReadyAsync(gateway);
        await second.KillAsync();
        await using var third = ProductProcess.Launch(settings);
        await third.WaitUntilReadyAsync(gateway);

        foreach (var fan in fans)
        {
            await Eventually.BecomesTrueAsync(async () => await fan.BalanceAsync() == 130, InTheEnd, "the balance is refilled");
            (await fan.RefillsAsync()).ShouldBe([50]);
            (await RefillFans.ChargesAsync(sandbox, fan.Id)).ShouldBe([new("succeeded", 5_00)]);
            fan.Dispose();
        }
    }

    protected abstract Task<Storage> CreateStorageAsync();
}

[Trait(Form.Trait, Form.Extended)]
public sealed class KilledRefillOnSqliteTests : KilledRefillTests
{
    protected override Task<Storage> CreateStorageAsync() => Task.FromResult(Storage.Sqlite());
}

public sealed class KilledRefillOnPostgresTests : KilledRefillTests
{
    protected override Task<Storage> CreateStorageAsync() => Storage.PostgresAsync();
}
