using System.ComponentModel.DataAnnotations;

namespace Tokens.Wallet.Outbox;

/// <summary>Section <c>Outbox</c>.</summary>
internal sealed class OutboxOptions
{
    /// <summary>Pause between two rounds of the relay, 10 ms to 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan Pause { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Commits relayed together, 1 to 1,000.</summary>
    [Range(1, 1_000)]
    public int CommitsMax { get; set; } = 100;

    /// <summary>Transfers after which no further commit is relayed together with others, 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int TransfersMax { get; set; } = 5_000;

    /// <summary>Seconds for which commits are kept while the cache is away; then all of it is to be forgotten instead. 5 to 3,600.</summary>
    [Range(5, 3_600)]
    public int KeptSeconds { get; set; } = 30;
}
