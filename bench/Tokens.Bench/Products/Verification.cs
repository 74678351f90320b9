namespace Tokens.Bench.Products;

/// <summary>What the product's recount of its ledger found.</summary>
internal sealed record Verification(long Accounts, long Transfers, long SumOfBalances, int Drifted, int Negative)
{
    internal bool IsClean => SumOfBalances == 0 && Drifted == 0 && Negative == 0;

    public override string ToString() =>
        $"{Accounts:N0} accounts, {Transfers:N0} transfers, sum {SumOfBalances}, {Drifted} drifted, {Negative} negative";
}
