using System.ComponentModel.DataAnnotations;

namespace Tokens.Host.Ops;

/// <summary>Section <c>Ops</c>: what the page for operations shows and who may act on it.</summary>
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

    /// <summary>Names beside the listener's own under which the page may act, comma-separated, each <c>host:port</c>; none by default.</summary>
    public string Hosts { get; set; } = "";
}
