using System.ComponentModel.DataAnnotations;

namespace Tokens.StripeSandbox.Webhooks;

/// <summary>How events are delivered, in configuration section <c>StripeSandbox:Webhooks</c>.</summary>
internal sealed class WebhookOptions
{
    internal const string Section = SandboxOptions.Section + ":Webhooks";

    /// <summary>Deliveries under way at once.</summary>
    [Range(1, 256)]
    public int Concurrency { get; set; } = 16;

    /// <summary>How long the receiver may take to answer.</summary>
    [Range(50, 60_000)]
    public int TimeoutMilliseconds { get; set; } = 10_000;

    /// <summary>Pause after the first failed attempt; each further one is twice the one before.</summary>
    [Range(1, 3_600_000)]
    public int FirstPauseMilliseconds { get; set; } = 1_000;

    [Range(1, 86_400_000)]
    public int LongestPauseMilliseconds { get; set; } = 300_000;

    /// <summary>An event is given up at this age; Stripe's three days.</summary>
    [Range(1, 720)]
    public int MaxAgeHours { get; set; } = 72;

    /// <summary>How long an event is held back at most while the order is shaken.</summary>
    [Range(1, 60_000)]
    public int ShuffleMilliseconds { get; set; } = 2_000;

    /// <summary>How soon a receiver that has no address yet is asked for again.</summary>
    [Range(10, 60_000)]
    public int AddressPauseMilliseconds { get; set; } = 250;
}
