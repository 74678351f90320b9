using Tokens.Platform.Problems;

namespace Tokens.Host.Ops;

/// <summary>GET, PUT and DELETE /ops/sandbox/faults: the sandbox's own switches, so that one page is enough in Development.</summary>
internal static class SandboxFaults
{
    private const int BodyBytesMax = 4_096;

    internal static async Task<IResult> Handle(HttpRequest request, OpsSources sources, OpsClient client, CancellationToken cancellationToken)
    {
        if (sources.Sandbox is not { } sandbox)
        {
            return new Problem(ProblemKind.NotFound, "No sandbox plays Stripe in this process.");
        }

        if (request.ContentLength is null or > BodyBytesMax && HttpMethods.IsPut(request.Method))
        {
            return new Problem(ProblemKind.PayloadTooLarge, "Send at most 4,096 bytes, and say how many.");
        }

        using var forwarded = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(sandbox, "/sandbox/faults"));
        if (HttpMethods.IsPut(request.Method))
        {
            forwarded.Content = new StreamContent(request.Body);
            forwarded.Content.Headers.ContentType = new("application/json");
        }

        using var answer = await client.Http.SendAsync(forwarded, cancellationToken);
        return Results.Content(
            await answer.Content.ReadAsStringAsync(cancellationToken), "application/json", statusCode: (int)answer.StatusCode);
    }
}

/// <summary>The page's way to the sandbox.</summary>
internal sealed class OpsClient : IDisposable
{
    internal HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(5) };

    public void Dispose() => Http.Dispose();
}
