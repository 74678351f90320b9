namespace Tokens.Testing.Running;

/// <summary>A call that got no answer which settles it.</summary>
/// <param name="Status">HTTP status, 500 or more; null when the connection broke.</param>
/// <param name="RetryAfter">What <c>Retry-After</c> said.</param>
/// <param name="Why">The body, or how the connection broke.</param>
internal sealed record Interruption(int? Status, TimeSpan? RetryAfter, string Why);
