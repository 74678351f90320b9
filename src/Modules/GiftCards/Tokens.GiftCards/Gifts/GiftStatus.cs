namespace Tokens.GiftCards.Gifts;

/// <summary>Where a gift stands.</summary>
internal enum GiftStatus
{
    /// <summary>The row is there; whether the tokens have moved isn't known.</summary>
    Sending,

    /// <summary>The recipient has the tokens.</summary>
    Sent,

    /// <summary>Refused, or given up before the tokens moved: they never will.</summary>
    Failed,
}
