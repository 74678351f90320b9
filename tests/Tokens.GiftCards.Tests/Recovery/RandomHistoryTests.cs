using Tokens.GiftCards.Tests.Parts;

namespace Tokens.GiftCards.Tests.Recovery;

/// <summary>Whatever members do, and wherever hosts and answers are lost, what remains is what the model says.</summary>
public sealed class RandomHistoryTests
{
    private const int Steps = 120;

    [Theory]
    [InlineData(StorageKind.Sqlite, 1)]
    [InlineData(StorageKind.Sqlite, 2)]
    [InlineData(StorageKind.Sqlite, 3)]
    [InlineData(StorageKind.Postgres, 4)]
    [InlineData(StorageKind.Postgres, 5)]
    [InlineData(StorageKind.Postgres, 6)]
    public async Task Seeded_histories_agree_with_the_model(StorageKind kind, int seed)
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
