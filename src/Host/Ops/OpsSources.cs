using System.Security.Cryptography;
using Tokens.Host.Telemetry;

namespace Tokens.Host.Ops;

/// <summary>What operations are shown of this process: its roles, as they start, and what it tells of itself.</summary>
internal sealed class OpsSources(MetricsExporter exporter, int messagesMax)
{
    internal MetricsExporter Exporter { get; } = exporter;

    internal RecentMessages Messages { get; } = new(messagesMax, TimeProvider.System);

    /// <summary>Sent along by a page on this machine when it acts: no other site can read it, and it opens nothing from elsewhere.</summary>
    internal string Token { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>The API host's services; null while it isn't up, or where another process is it.</summary>
    internal IServiceProvider? Api { get; set; }

    internal IServiceProvider? Gateway { get; set; }

    /// <summary>Where the sandbox listens, in Development.</summary>
    internal Uri? Sandbox { get; set; }
}
