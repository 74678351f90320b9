namespace Tokens.StripeSandbox;

/// <summary>Where the sandbox listens, where it keeps its state and whom it tells of events.</summary>
public sealed record SandboxSettings
{
    /// <summary>Addresses to listen on, such as <c>http://127.0.0.1:8082</c>; port 0 lets the system choose. Loopback only.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>
    /// Directory of <c>stripe-sandbox.db</c>; made if it doesn't exist. One process at a time: starting a second one on it throws
    /// <see cref="InvalidOperationException"/>.
    /// </summary>
    public required string DataDirectory { get; init; }

    /// <summary>
    /// Where webhooks go, an absolute http or https address; asked before every delivery, on any thread, so that a receiver which
    /// starts later can be named later. Null: nobody to tell yet, and deliveries wait.
    /// </summary>
    public Func<Uri?> WebhookUrl { get; init; } = static () => null;

    /// <summary>What webhooks are signed with, a <c>whsec_…</c>; never logged. Null: events are kept, but none is delivered.</summary>
    public string? WebhookSecret { get; init; }

    /// <summary>Without the secret.</summary>
    public override string ToString() => $"{string.Join(", ", Urls)} on {DataDirectory}";
}
