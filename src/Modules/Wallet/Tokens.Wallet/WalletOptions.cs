using System.ComponentModel.DataAnnotations;

namespace Tokens.Wallet;

/// <summary>Section <c>Wallet</c>.</summary>
internal sealed class WalletOptions
{
    /// <summary>US cents that a token is worth, 1 to 1,000.</summary>
    [Range(1, 1_000)]
    public long TokenValueMinor { get; set; } = 5;

    /// <summary>Sign-ins remembered in memory as already recorded, 100 to 1,000,000.</summary>
    [Range(100, 1_000_000)]
    public int KnownSignInsMax { get; set; } = 20_000;

    /// <summary>Live balance streams that one member may hold, 1 to 100.</summary>
    [Range(1, 100)]
    public int StreamsPerMemberMax { get; set; } = 5;

    /// <summary>Seconds between the comment lines that keep a stream open, 1 to 60.</summary>
    [Range(1, 60)]
    public int StreamHeartbeatSeconds { get; set; } = 15;

    /// <summary>Changes of one commit that other hosts' streams are told of, 1 to 10,000; the rest they read at their heartbeats.</summary>
    [Range(1, 10_000)]
    public int BroadcastChangesMax { get; set; } = 1_000;

    /// <summary>Entries that an export reads at a time, 10 to 10,000.</summary>
    [Range(10, 10_000)]
    public int ExportPageSize { get; set; } = 1_000;

    /// <summary>Blocks of 64 versions that a search of a history looks through without an index, 0 to 1,000; with one more it makes them.</summary>
    [Range(0, 1_000)]
    public int BlocksMissingMax { get; set; } = 16;

    /// <summary>Blocks that are made in one transaction, 1 to 10,000.</summary>
    [Range(1, 10_000)]
    public int BlocksMadeMax { get; set; } = 400;

    /// <summary>Seconds between two sums of all balances for the metric, 10 to 3,600; each reads every account.</summary>
    [Range(10, 3_600)]
    public int ImbalancePauseSeconds { get; set; } = 60;
}
