namespace Tokens.Analytics.RollUps;

/// <summary>How often something was counted for a member in a quarter that was long over: what was folded before is void then.</summary>
internal sealed class LateArrival
{
    public required short Generation { get; init; }

    public required Guid MemberId { get; init; }

    public required Side Side { get; init; }

    public required long Version { get; set; }
}
