using Tokens.Testing.Products;

namespace Tokens.Testing.Running;

/// <summary>A call that got no answer which settles it.</summary>
/// <param name="Status">HTTP status, 500 or more; null when the connection broke.</param>
/// <param name="RetryAfter">What <c>Retry-After</c> said.</param>
/// <param name="Why">The body, or how the connection broke.</param>
internal sealed record Interruption(int? Status, TimeSpan? RetryAfter, string Why)
{
    internal static Interruption Of(Answer answer) => new(answer.Status, answer.Headers.RetryAfter?.Delta, answer.Text);

    internal static Interruption Of(HttpRequestException broken) =>
        new(Status: null, RetryAfter: null, $"{broken.HttpRequestError}: {broken.InnerException?.Message ?? broken.Message}");
}
