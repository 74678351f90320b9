namespace Tokens.Bench.Settings;

/// <summary>Options of <c>fill</c>.</summary>
internal sealed record FillOptions(int AccountTransfers, int Transfers, int Repeats, int WarmUps, int Connections) : BenchOptions
{
    internal static FillOptions Read(OptionReader options)
    {
        var read = new FillOptions(
            options.Number("--account-transfers", 1_000_000, 1_000, 100_000_000),
            options.Number("--transfers", 10_000_000, 2_000, 1_000_000_000),
            options.Number("--repeats", 50, 1, 10_000),
            options.Number("--warm-ups", 200, 0, 10_000),
            options.Number("--connections", 64, 1, 1_000));
        options.End();
        // The others are what fills the members' wallets.
        return read.Transfers >= read.AccountTransfers * 1.25
            ? read
            : throw new OptionException("--transfers must be at least 1.25 times --account-transfers.");
    }
}
