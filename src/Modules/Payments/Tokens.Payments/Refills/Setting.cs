namespace Tokens.Payments.Refills;

/// <summary>A number that a request sets, takes back, or leaves as it is.</summary>
/// <param name="IsSaid">Whether the request says anything of it.</param>
/// <param name="Value">What it says; null takes the setting back.</param>
internal readonly record struct Setting(bool IsSaid, long? Value)
{
    internal long? Over(long? present) => IsSaid ? Value : present;
}
