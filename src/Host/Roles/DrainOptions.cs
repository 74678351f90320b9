using System.ComponentModel.DataAnnotations;

namespace Tokens.Host.Roles;

/// <summary>Section <c>Drain</c>: how a host leaves.</summary>
internal sealed class DrainOptions
{
    /// <summary>How long an API host that is asked to stop still takes requests, while its gateways learn of it. 0 to 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a gateway that is asked to stop still answers, telling each connection to close: so that busy clients leave by
    /// themselves, and no request meets a connection that is just being closed. 0 to 10 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan Linger { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long requests that are running may take to end. 1 to 300 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
