namespace Tokens.Host.Gateway;

/// <summary>
/// Sends a request whose body is in memory in one piece: the proxy sends the headers first, and a host would be woken twice for one
/// request.
/// </summary>
internal sealed class WholeRequests(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <inheritdoc />
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { } streamed && Attempt.Current?.Body is { } body)
        {
            request.Content = new ReadOnlyMemoryContent(body);
            foreach (var (name, values) in streamed.Headers.NonValidated)
            {
                request.Content.Headers.TryAddWithoutValidation(name, values);
            }
        }

        return base.SendAsync(request, cancellationToken);
    }
}
