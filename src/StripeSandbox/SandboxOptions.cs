using System.ComponentModel.DataAnnotations;

namespace Tokens.StripeSandbox;

/// <summary>The sandbox's limits, in configuration section <c>StripeSandbox</c>.</summary>
internal sealed class SandboxOptions
{
    internal const string Section = "StripeSandbox";

    [Range(1_024, 16 * 1_024 * 1_024)]
    public int MaxBodyBytes { get; set; } = 256 * 1_024;

    [Range(1, 10_000)]
    public int MaxParameters { get; set; } = 1_000;

    [Range(1, 100_000)]
    public int MaxConnections { get; set; } = 4_096;

    [Range(1, 100)]
    public int DefaultPageSize { get; set; } = 10;

    [Range(1, 100)]
    public int MaxPageSize { get; set; } = 100;

    /// <summary>How long <c>/sandbox/faults</c> may make a request wait at most, by latency and by stall each.</summary>
    [Range(0, 600_000)]
    public int MaxFaultMilliseconds { get; set; } = 600_000;

    /// <summary>How many more times <c>/sandbox/webhooks</c> may have each event sent at most.</summary>
    [Range(0, 10)]
    public int MaxDuplicates { get; set; } = 10;

    /// <summary>Stripe promises a day; the second one covers a client that retries for a whole day.</summary>
    [Range(24, 24 * 90)]
    public int IdempotencyKeyHours { get; set; } = 48;
}
