using System.ComponentModel.DataAnnotations;

namespace Tokens.Host.Ops;

/// <summary>Section <c>Ops</c>: what the page for operations shows and under which names it is read.</summary>
internal sealed class OpsOptions
{
    /// <summary>Seconds between two samples of the signals, 1 to 60.</summary>
    [Range(1, 60)]
    public int SampleSeconds { get; set; } = 10;

    /// <summary>Minutes of signals kept in memory, 5 to 240.</summary>
    [Range(5, 240)]
    public int HistoryMinutes { get; set; } = 60;

    /// <summary>Most of the newest errors and warnings that are kept, 10 to 1,000.</summary>
    [Range(10, 1_000)]
    public int MessagesMax { get; set; } = 100;

    /// <summary>Most parked rows of a module that are shown, 1 to 500.</summary>
    [Range(1, 500)]
    public int ParkedMax { get; set; } = 50;

    /// <summary>
    /// Names under which a listener on loopback is read beside the loopback ones, comma-separated, each a host without a port: those of a
    /// proxy on the same machine. None by default. Acting is not widened by it.
    /// </summary>
    public string Hosts { get; set; } = "";
}
