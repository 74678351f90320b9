namespace Tokens.Bench.Figures;

/// <summary>What a figure must not pass.</summary>
internal sealed record Bound(double Limit, bool IsLeast)
{
    internal static Bound AtLeast(double limit) => new(limit, IsLeast: true);

    internal static Bound AtMost(double limit) => new(limit, IsLeast: false);

    internal bool Allows(double value) => IsLeast ? value >= Limit : value <= Limit;

    public override string ToString() => $"{(IsLeast ? "≥" : "≤")} {Limit:0.##}";
}
