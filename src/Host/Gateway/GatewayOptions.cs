using System.ComponentModel.DataAnnotations;

namespace Tokens.Host.Gateway;

/// <summary>Limits and times of the gateway, section <c>Gateway</c>; ranges are checked at start.</summary>
internal sealed partial class GatewayOptions
{
    internal const string Section = "Gateway";

    /// <summary>Pause between two checks of an API host's readiness.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan HealthInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a check waits for its answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan HealthTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Failed checks in a row that take a host out; a refused connection does so at once.</summary>
    [Range(1, 10)]
    public int HealthFailures { get; set; } = 1;

    /// <summary>How long opening a connection to any destination may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Age at which a connection is replaced, so that a destination's new DNS address is seen.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan ConnectionLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a forwarded request may go without a byte in either direction; event streams send one every 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan ActivityTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>Largest body of a request that is streamed to the legacy application or the front end.</summary>
    [Range(1_024, 4L * 1_024 * 1_024 * 1_024)]
    public long StreamedBodyBytesMax { get; set; } = 100L * 1_024 * 1_024;

    /// <summary>Largest request line.</summary>
    [Range(1_024, 64 * 1_024)]
    public int RequestLineBytesMax { get; set; } = 8 * 1_024;

    /// <summary>Largest sum of a request's headers.</summary>
    [Range(1_024, 256 * 1_024)]
    public int RequestHeaderBytesMax { get; set; } = 32 * 1_024;

    /// <summary>Most headers of a request.</summary>
    [Range(10, 1_000)]
    public int RequestHeadersMax { get; set; } = 100;

    /// <summary>How long a request's headers may take to arrive.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan RequestHeadersTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Slowest pace at which a body may arrive, in bytes a second; a slower one is answered 408.</summary>
    [Range(1, 1_024 * 1_024)]
    public int BodyBytesPerSecondMin { get; set; } = 240;

    /// <summary>How long a body may be slower than that.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:01:00")]
    public TimeSpan BodyPaceGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a browser that was here by https keeps to https, in whole seconds; 0 takes an earlier promise back.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "730.00:00:00")]
    public TimeSpan HstsMaxAge { get; set; } = TimeSpan.FromDays(365);

    /// <summary>Requests that one address (IPv6: one /64) may send at once.</summary>
    [Range(1, 1_000_000)]
    public int AddressBurst { get; set; } = 1_000;

    /// <summary>Requests a second that one address may send after that.</summary>
    [Range(1, 100_000)]
    public int AddressRequestsPerSecond { get; set; } = 50;

    /// <summary>Addresses remembered; beyond it the one unused for longest is forgotten.</summary>
    [Range(100, 10_000_000)]
    public int AddressesMax { get; set; } = 100_000;

    /// <summary>
    /// How long a client's connection must stand after an answer that an API host wants confirmed, unless the client sends its next
    /// request or closes the connection before. Less than the API's <c>Payments:AnswerMarkMilliseconds</c>.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:02")]
    public TimeSpan DeliveryGrace { get; set; } = TimeSpan.FromMilliseconds(400);

    /// <summary>How long a client's system may take to acknowledge such an answer; then the answer counts as lost.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan DeliveryTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Such answers followed at once; a further one counts as lost.</summary>
    [Range(1, 1_000_000)]
    public int DeliveriesMax { get; set; } = 10_000;

    /// <summary>Times that a confirmation is sent to an API host, each time to the next one.</summary>
    [Range(1, 20)]
    public int ConfirmationAttempts { get; set; } = 6;

    /// <summary>How long a host may take to answer a confirmation.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:30")]
    public TimeSpan ConfirmationTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Pause after the first failed confirmation; doubles.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan ConfirmationPause { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>What <c>Retry-After</c> says when no API host could be reached.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(2);
}
