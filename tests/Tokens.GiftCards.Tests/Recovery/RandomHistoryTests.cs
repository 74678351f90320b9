using Tokens.GiftCards.Tests.Parts;
using Tokens.Testing;

namespace Tokens.GiftCards.Tests.Recovery;

/// <summary>Whatever members do, and wherever hosts and answers are lost, what remains is what the model says.</summary>
public sealed class RandomHistoryTests
{
    private const int Steps = 120;

    [Theory]
    [InlineData(StorageKind.Sqlite, 1)]
    [InlineData(StorageKind.Postgres, 4)]
    public Task Seeded_histories_agree_with_the_model(StorageKind kind, int seed) => AgreesWithTheModelAsync(kind, seed);

    [Theory]
    [InlineData(StorageKind.Sqlite, 2)]
    [InlineData(StorageKind.Sqlite, 3)]
    [InlineData(StorageKind.Postgres, 5)]
    [InlineData(StorageKind.Postgres, 6)]
    [Trait(Form.Trait, Form.Extended)]
    public Task And_so_do_more(StorageKind kind, int seed) => AgreesWithTheModelAsync(kind, seed);

    private static async Task AgreesWithTheModelAsync(StorageKind kind, int seed)
    {
        await using var storage = await TestStorage.CreateAsync(kind);
        await using var history = await RandomHistory.BeginAsync(storage, seed);
        for (var step = 0; step < Steps; step++)
        {
            await history.StepAsync();
        }

        await history.SettleAsync();
    }
}
