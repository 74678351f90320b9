namespace Tokens.Bench.Products;

/// <summary>What the product's recount of its ledger found.</summary>
internal sealed record Verification(long Accounts, long Transfers, long SumOfBalances, int Drifted, int Negative)
{
    internal bool IsClean => SumOfBalances == 0 && Drifted == 0 && Negative == 0;

    /// <summary>What is wrong, or null: the ledger is sound and holds exactly so many transfers.</summary>
    internal string? FaultOf(long transfers) => IsClean && Transfers == transfers
        ? null
        : $"The ledger should hold {transfers:N0} transfers and be sound: {this}.";

    public override string ToString() =>
        $"{Accounts:N0} accounts, {Transfers:N0} transfers, sum {SumOfBalances}, {Drifted} drifted, {Negative} negative";
}
