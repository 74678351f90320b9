using System.ComponentModel.DataAnnotations;

namespace Tokens.Wallet.Outbox;

/// <summary>Section <c>Outbox</c>.</summary>
internal sealed class OutboxOptions
{
    /// <summary>Pause between two rounds of the relay, 10 ms to 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan Pause { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest pause after rounds that failed, each twice as long as the one before; 100 ms to 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan PauseMax { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Commits relayed together, 1 to 1,000.</summary>
    [Range(1, 1_000)]
    public int CommitsMax { get; set; } = 100;

    /// <summary>Transfers after which no further commit is relayed together with others, 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int TransfersMax { get; set; } = 5_000;

    /// <summary>Seconds in which a subscriber must take what it is told, 1 to 300; then it gets it again.</summary>
    [Range(1, 300)]
    public int TakeSecondsMax { get; set; } = 30;

    /// <summary>
    /// Longest pause, in seconds, before a subscriber is told again of a commit on which it fails by itself; 1 to 86,400. The first is
    /// a second, each further one twice as long.
    /// </summary>
    [Range(1, 86_400)]
    public int RetrySecondsMax { get; set; } = 600;

    /// <summary>Seconds for which commits are kept while the cache is away; then all of it is to be forgotten instead. 5 to 3,600.</summary>
    [Range(5, 3_600)]
    public int KeptSeconds { get; set; } = 30;

    internal TimeSpan RetryAfter(int failures) => TimeSpan.FromSeconds(Math.Min(RetrySecondsMax, Math.Pow(2, Math.Min(failures, 20) - 1)));

    internal TimeSpan PauseAfter(int failures)
    {
        var pause = Pause * Math.Pow(2, Math.Min(failures, 20));
        return failures > 0 && pause > PauseMax ? PauseMax : pause;
    }
}
