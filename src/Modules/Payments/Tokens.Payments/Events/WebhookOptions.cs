using System.ComponentModel.DataAnnotations;

namespace Tokens.Payments.Events;

/// <summary>Section <c>Webhooks</c>, with <c>STRIPE_WEBHOOK_SECRET</c>: how events are taken in and applied.</summary>
internal sealed class WebhookOptions : IValidatableObject
{
    private const int SecretsMax = 10;

    /// <summary>From <c>STRIPE_WEBHOOK_SECRET</c>, comma-separated; never to be logged. Without one every event is refused.</summary>
    internal IReadOnlyList<string> Secrets { get; private set; } = [];

    /// <summary>Seconds that a signature's time may differ from the present one, 1 to 86,400.</summary>
    [Range(1, 86_400)]
    public int ToleranceSeconds { get; set; } = 300;

    /// <summary>Most bytes of an event, 1 KB to 16 MB.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int BodyBytesMax { get; set; } = 1024 * 1024;

    /// <summary>Events that may wait to be stored; one more is answered 503 <c>overloaded</c>. 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int QueueCapacity { get; set; } = 4_096;

    /// <summary>Most events stored in one commit, 1 to 5,000.</summary>
    [Range(1, 5_000)]
    public int BatchSizeMax { get; set; } = 500;

    /// <summary>Milliseconds that a statement storing events may take, 100 to 60,000.</summary>
    [Range(100, 60_000)]
    public int StoreTimeoutMilliseconds { get; set; } = 5_000;

    /// <summary>Events that a host applies at once, 1 to 256.</summary>
    [Range(1, 256)]
    public int WorkersMax { get; set; } = 8;

    /// <summary>Most events that a host takes on at once, those that wait for a worker included; 1 to 1,000.</summary>
    [Range(1, 1_000)]
    public int LotSizeMax { get; set; } = 64;

    /// <summary>Milliseconds after a round in which new events gather for the next one, 1 to 1,000.</summary>
    [Range(1, 1_000)]
    public int RoundPauseMilliseconds { get; set; } = 20;

    /// <summary>Milliseconds between two looks for events that another host left, 10 to 60,000.</summary>
    [Range(10, 60_000)]
    public int PollMilliseconds { get; set; } = 1_000;

    /// <summary>Milliseconds for which a host that took an event keeps others from it, and may apply it; 100 to 600,000.</summary>
    [Range(100, 600_000)]
    public int LeaseMilliseconds { get; set; } = 40_000;

    /// <summary>Milliseconds until the next attempt while the database, the ledger or Stripe is away, 10 to 60,000.</summary>
    [Range(10, 60_000)]
    public int AwayPauseMilliseconds { get; set; } = 2_000;

    /// <summary>Attempts that may fail for a reason that waiting doesn't mend, before the event is parked; 1 to 100.</summary>
    [Range(1, 100)]
    public int FailuresMax { get; set; } = 10;

    /// <summary>Milliseconds after the first such failure, doubled after each further one; 10 to 60,000.</summary>
    [Range(10, 60_000)]
    public int FailurePauseMilliseconds { get; set; } = 1_000;

    /// <summary>Milliseconds that such a pause grows to at most, 10 to 86,400,000.</summary>
    [Range(10, 86_400_000)]
    public int FailurePauseMaxMilliseconds { get; set; } = 600_000;

    /// <summary>Days for which applied and ignored events are kept, 1 to 3,650.</summary>
    [Range(1, 3_650)]
    public int KeepDays { get; set; } = 30;

    /// <summary>Seconds between two removals of older events, 1 to 86,400.</summary>
    [Range(1, 86_400)]
    public int CleanupSeconds { get; set; } = 3_600;

    /// <summary>Most events removed by one statement, 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int CleanupBatchSizeMax { get; set; } = 1_000;

    internal TimeSpan Lease => TimeSpan.FromMilliseconds(LeaseMilliseconds);

    /// <summary>The longest pause of an event that hasn't failed.</summary>
    internal TimeSpan FirstPauseMax => TimeSpan.FromMilliseconds(Math.Max(LeaseMilliseconds, AwayPauseMilliseconds));

    /// <summary>The longest pause of any event.</summary>
    internal TimeSpan PauseMax => TimeSpan.FromMilliseconds(
        Math.Max(Math.Max(LeaseMilliseconds, AwayPauseMilliseconds), FailurePauseMaxMilliseconds));

    internal void ReadSecrets(string? text) =>
        Secrets = text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    internal TimeSpan PauseAfter(int failures) => TimeSpan.FromMilliseconds(
        Math.Min(FailurePauseMilliseconds * Math.Pow(2, failures - 1), FailurePauseMaxMilliseconds));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Secrets.Count > SecretsMax)
        {
            yield return new ValidationResult($"STRIPE_WEBHOOK_SECRET may hold {SecretsMax} secrets at most.", [nameof(Secrets)]);
        }
    }
}
