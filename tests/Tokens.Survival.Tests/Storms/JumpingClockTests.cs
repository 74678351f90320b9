using Microsoft.Extensions.DependencyInjection;
using Tokens.Survival.Tests.Storms.Load;
using Tokens.Testing;
using Tokens.Testing.Products;
using Xunit.Abstractions;

namespace Tokens.Survival.Tests.Storms;

[Collection(Alone.Name)]
[Trait(Form.Trait, Form.Extended)]
public sealed class JumpingClockTests(ITestOutputHelper output)
{
    private const int Fans = 32;

    [Fact]
    public async Task A_clock_that_jumps_on_SQLite_costs_nothing()
    {
        await using var storage = Storage.Sqlite();
        await JumpAsync(storage);
    }

    [Fact]
    public async Task A_clock_that_jumps_on_PostgreSQL_costs_nothing()
    {
        await using var storage = await Storage.PostgresAsync();
        await JumpAsync(storage);
    }

    private async Task JumpAsync(Storage storage)
    {
        var seed = StormSeed.Choose(output);
        var clock = new JumpingClock();
        await using var product = await RunningProduct.StartAsync(
            storage,
            new Dictionary<string, string?> { ["Logging:LogLevel:Default"] = "Warning" },
            builder => builder.Services.AddSingleton<TimeProvider>(clock));
        await using var storm = await Storm.BeginAsync(seed, Fans, product.Gateway);

        // Within the life of a sign-in, which a clock decides.
        foreach (var hours in new[] { 6, -1, 0, 11, 0 })
        {
            await storm.GoesOnAsync(tips: 500);
            clock.JumpTo(TimeSpan.FromHours(hours));
        }

        await storm.GoesOnAsync(tips: 500);
        storm.Interruptions.ShouldBeEmpty();
        await storm.EndAndVerifyAsync();
    }
}
