namespace Tokens.StripeSandbox;

/// <summary>Where the sandbox listens and where it keeps its state.</summary>
public sealed record SandboxSettings
{
    /// <summary>Addresses to listen on, such as <c>http://127.0.0.1:8082</c>; port 0 lets the system choose. Loopback only.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>
    /// Directory of <c>stripe-sandbox.db</c>; made if it doesn't exist. One process at a time: starting a second one on it throws
    /// <see cref="InvalidOperationException"/>.
    /// </summary>
    public required string DataDirectory { get; init; }
}
