namespace Tokens.Payments.Events;

/// <summary>What became of an event at the door; values of a metric's tag.</summary>
internal static class EventResult
{
    internal const string Stored = "stored";
    internal const string Duplicate = "duplicate";
    internal const string Ignored = "ignored";
    internal const string Refused = "refused";
}
