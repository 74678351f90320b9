using System.ComponentModel.DataAnnotations;

namespace Tokens.Analytics;

/// <summary>Section <c>Analytics</c>.</summary>
internal sealed class AnalyticsOptions
{
    /// <summary>Transfers of history counted in one transaction while a generation is built, 100 to 100,000.</summary>
    [Range(100, 100_000)]
    public int ReplayTransfersMax { get; set; } = 5_000;

    /// <summary>Seconds between two looks for something to build or to clear away, 1 to 3,600.</summary>
    [Range(1, 3_600)]
    public int UpkeepSeconds { get; set; } = 10;

    /// <summary>Hours for which counted batches are remembered, so that a repeat counts nothing; 24 to 720.</summary>
    [Range(24, 720)]
    public int InboxHours { get; set; } = 72;

    /// <summary>Roll-ups of a range that are read for each answer; of more the older ones are folded once and kept. 100 to 100,000.</summary>
    [Range(100, 100_000)]
    public int RowsMax { get; set; } = 2_000;

    /// <summary>Counterparties in all ranges kept folded, together; 10,000 to 10,000,000, some 100 bytes each.</summary>
    [Range(10_000, 10_000_000)]
    public int FoldedCounterpartiesMax { get; set; } = 500_000;
}
