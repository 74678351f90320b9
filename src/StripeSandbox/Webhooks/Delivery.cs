using Tokens.StripeSandbox.Events;

namespace Tokens.StripeSandbox.Webhooks;

/// <summary>One telling of an event; a duplicate is a delivery of its own.</summary>
internal sealed record Delivery(long Sequence, int Attempts, Event Event);

/// <summary>
/// How a delivery stands after an attempt. <paramref name="Status"/> is the receiver's answer, null without one;
/// <paramref name="Due"/> is when to try again, null when it was received or is given up.
/// </summary>
internal sealed record DeliveryState(long Sequence, int Attempts, int? Status, DateTimeOffset? Due)
{
    internal bool IsReceived => Status is >= 200 and < 300;

    internal static DeliveryState After(Delivery delivery, int? status, DateTimeOffset now, WebhookOptions options)
    {
        var attempts = delivery.Attempts + 1;
        var ended = new DeliveryState(delivery.Sequence, attempts, status, Due: null);
        var retry = now + Pause(attempts, options);
        return ended.IsReceived || retry > DateTimeOffset.FromUnixTimeSeconds(delivery.Event.Created).AddHours(options.MaxAgeHours)
            ? ended
            : ended with { Due = retry };
    }

    private static TimeSpan Pause(int attempts, WebhookOptions options) => TimeSpan.FromMilliseconds(
        Math.Min(options.FirstPauseMilliseconds * Math.Pow(2, attempts - 1), options.LongestPauseMilliseconds));
}
