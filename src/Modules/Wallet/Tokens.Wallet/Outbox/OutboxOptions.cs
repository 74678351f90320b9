using System.ComponentModel.DataAnnotations;

namespace Tokens.Wallet.Outbox;

/// <summary>Section <c>Outbox</c>.</summary>
internal sealed class OutboxOptions
{
    /// <summary>Pause between two rounds of the relay, 10 ms to 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan Pause { get; set; } = TimeSpan.FromMilliseconds(500);
}
