using System.ComponentModel.DataAnnotations;

namespace Tokens.Host.Gateway;

/// <content>How much clients may hold of the gateway at once, by class of request, by address and in all.</content>
internal sealed partial class GatewayOptions
{
    internal const string SharesHoldNoBody =
        "Gateway: each of BufferedBodyBytesMax, WebhookBodyBytesMax and DirectoryBodyBytesMax must be at most AddressBufferedBytesMax and "
        + "its budget (BufferedBytesMax, WebhookBytesMax, DirectoryBytesMax).";

    /// <summary>
    /// Requests to the API that may wait for a host at once; a further one is refused at once, since it would only wait. A request whose
    /// body is still arriving, or whose answer is on its way to the client, isn't counted, nor are those with limits of their own.
    /// </summary>
    [Range(1, 1_000_000)]
    public int RequestsMax { get; set; } = 1_500;

    /// <summary>Largest body of a request to the API, in bytes, where its route has no limit of its own; held in memory for the retry.</summary>
    [Range(1_024, 16 * 1_024 * 1_024)]
    public int BufferedBodyBytesMax { get; set; } = 32 * 1_024;

    /// <summary>Bytes of such bodies in memory at once; beyond it a request is refused.</summary>
    [Range(1_024 * 1_024, 64L * 1_024 * 1_024 * 1_024)]
    public long BufferedBytesMax { get; set; } = 64 * 1_024 * 1_024;

    /// <summary>Webhooks of Stripe that may wait for a host at once.</summary>
    [Range(1, 1_000_000)]
    public int WebhooksMax { get; set; } = 100;

    /// <summary>Largest body of a webhook, in bytes.</summary>
    [Range(1_024, 16 * 1_024 * 1_024)]
    public int WebhookBodyBytesMax { get; set; } = 1_024 * 1_024;

    /// <summary>Bytes of webhooks in memory at once.</summary>
    [Range(1_024 * 1_024, 64L * 1_024 * 1_024 * 1_024)]
    public long WebhookBytesMax { get; set; } = 32 * 1_024 * 1_024;

    /// <summary>Updates of the user directory (<c>PUT /api/tokens/admin/members</c>) that may wait for a host at once.</summary>
    [Range(1, 1_000_000)]
    public int DirectoryUpdatesMax { get; set; } = 16;

    /// <summary>Largest body of such an update, in bytes.</summary>
    [Range(1_024, 16 * 1_024 * 1_024)]
    public int DirectoryBodyBytesMax { get; set; } = 512 * 1_024;

    /// <summary>Bytes of such updates in memory at once.</summary>
    [Range(1_024 * 1_024, 64L * 1_024 * 1_024 * 1_024)]
    public long DirectoryBytesMax { get; set; } = 16 * 1_024 * 1_024;

    /// <summary>Requests for pages under <c>/docs</c> and for the API's description that may wait for a host at once.</summary>
    [Range(1, 1_000_000)]
    public int DocumentsMax { get; set; } = 64;

    /// <summary>Event streams that may be open at once.</summary>
    [Range(1, 1_000_000)]
    public int StreamsMax { get; set; } = 10_000;

    /// <summary>Bytes of bodies, of whatever route, that one address (IPv6: one /64) may have in memory at once.</summary>
    [Range(1_024, 64L * 1_024 * 1_024 * 1_024)]
    public long AddressBufferedBytesMax { get; set; } = 8 * 1_024 * 1_024;

    /// <summary>How long a body to the API may take to arrive, from its headers to its last byte; then 408.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Bytes of answers that are kept for one connection while its client reads them; a longer answer is large and takes a place among
    /// the large answers until it has been read.
    /// </summary>
    [Range(4 * 1_024, 1_024 * 1_024)]
    public int AnswerBufferBytes { get; set; } = 32 * 1_024;

    /// <summary>Large answers of the API that may be on their way to clients at once; beyond it a GET is refused.</summary>
    [Range(1, 100_000)]
    public int LargeAnswersMax { get; set; } = 512;

    /// <summary>Those that may be on their way to one address.</summary>
    [Range(1, 100_000)]
    public int AddressLargeAnswersMax { get; set; } = 128;

    /// <summary>How long sending a large answer of the API may take; then its connection is closed. Event streams have no such end.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Large answers of the legacy application and the front end that may be on their way to clients at once.</summary>
    [Range(1, 100_000)]
    public int StreamedAnswersMax { get; set; } = 1_024;

    /// <summary>Those that may be on their way to one address.</summary>
    [Range(1, 100_000)]
    public int AddressStreamedAnswersMax { get; set; } = 256;

    /// <summary>Slowest pace at which a client may read, in bytes a second, while an answer waits for it; then its connection is closed.</summary>
    [Range(1, 1_024 * 1_024)]
    public int AnswerBytesPerSecondMin { get; set; } = 1_024;

    /// <summary>How long it may read slower than that.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:01:00")]
    public TimeSpan AnswerPaceGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Bytes that the kernel holds of answers for one connection, from a host and to a client each; Linux takes about twice as much.
    /// </summary>
    [Range(16 * 1_024, 16 * 1_024 * 1_024)]
    public int SocketBufferBytes { get; set; } = 256 * 1_024;

    /// <summary>Connections of clients that may be open at once; a further one is closed.</summary>
    [Range(10, 1_000_000)]
    public int ConnectionsMax { get; set; } = 20_000;

    /// <summary>Connections that one address (IPv6: one /64) may have open at once; those of trusted proxies aren't counted.</summary>
    [Range(1, 1_000_000)]
    public int AddressConnectionsMax { get; set; } = 1_000;

    /// <summary>
    /// Bytes that are read ahead from one connection; at least its line and headers are. With HTTP/2 also the window of a connection and
    /// of a stream.
    /// </summary>
    [Range(65_535, 16 * 1_024 * 1_024)]
    public int ConnectionInputBytesMax { get; set; } = 128 * 1_024;

    /// <summary>Whether every body that may be as large as its limit also fits into its budget and into the share of one address.</summary>
    internal static bool SharesHoldABody(GatewayOptions options) =>
        options.BufferedBodyBytesMax <= Math.Min(options.BufferedBytesMax, options.AddressBufferedBytesMax)
        && options.WebhookBodyBytesMax <= Math.Min(options.WebhookBytesMax, options.AddressBufferedBytesMax)
        && options.DirectoryBodyBytesMax <= Math.Min(options.DirectoryBytesMax, options.AddressBufferedBytesMax);
}
