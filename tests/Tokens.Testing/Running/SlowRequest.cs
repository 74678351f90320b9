namespace Tokens.Testing.Running;

/// <summary>A request that takes as long as its client wants.</summary>
/// <param name="Name">What it is, for a failure to say.</param>
/// <param name="Head">Request line and headers.</param>
/// <param name="BytesAtOnce">Bytes of the body that are sent with the headers.</param>
/// <param name="BytesPerSecond">Pace of what follows.</param>
/// <param name="ReadsItsAnswer">Whether the answer is read at that pace; else the body is sent at it.</param>
internal sealed record SlowRequest(string Name, string Head, int BytesAtOnce, int BytesPerSecond, bool ReadsItsAnswer)
{
    /// <summary>One request of each kind, all without a sign-in.</summary>
    internal static readonly SlowRequest[] All =
    [
        Body("a body larger than its route takes", "/api/tokens/tip", declared: 1_000_000, bytesAtOnce: 0),
        Body("a body that its route takes", "/api/tokens/tip", declared: 32_000, bytesAtOnce: 20_000),
        Body("the body of a webhook", "/webhooks/stripe", declared: 1_000_000, bytesAtOnce: 900_000),
        Body("a body to the path of event streams", "/api/tokens/balance/stream", declared: 32_000, bytesAtOnce: 20_000),
        new(
            "a large document",
            "GET /docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: a\r\n\r\n",
            BytesAtOnce: 0,
            BytesPerSecond: 600,
            ReadsItsAnswer: true),
    ];

    private static SlowRequest Body(string name, string path, int declared, int bytesAtOnce) => new(
        name,
        $"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: {declared}\r\n\r\n",
        bytesAtOnce,
        BytesPerSecond: 300,
        ReadsItsAnswer: false);
}
