using Tokens.Platform.Problems;

namespace Tokens.Host.Gateway;

/// <summary>The gateway's own problems: what it says when no host has answered.</summary>
internal static class GatewayProblems
{
    private static readonly ProblemKind BadGateway = new(502, "upstream_unavailable", "Bad gateway");
    private static readonly ProblemKind Unavailable = new(503, "upstream_unavailable", "Service unavailable");
    private static readonly ProblemKind Timeout = new(504, "upstream_timeout", "Gateway timeout");

    internal static readonly Problem Overloaded = new(ProblemKind.Overloaded, "Too many requests are under way. Please try again in a moment.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    internal static Problem RepeatedHeader(string name)
    {
        var sentence = $"Send {name} once.";
        return new Problem(ProblemKind.ValidationFailed with { Title = "Repeated header" }, sentence)
            .With("errors", new Dictionary<string, string[]> { [name] = [sentence] });
    }

    internal static Problem PayloadTooLarge(long bytesMax) =>
        new(ProblemKind.PayloadTooLarge, $"The request body may have at most {bytesMax} bytes.");

    /// <summary>The problem that stands for a bare status, set by the proxy, by routing or by an exception.</summary>
    internal static Problem From(int status, GatewayOptions options) => status switch
    {
        413 => PayloadTooLarge(options.StreamedBodyBytesMax),
        502 => new(BadGateway, "The connection broke before the answer came; whether the request had an effect isn't known."),
        503 => new(Unavailable, "No host can be reached at the moment; nothing has happened.") { RetryAfter = options.RetryAfter },
        504 => new(Timeout, "No answer came in time; whether the request had an effect isn't known."),
        _ => BareStatus.ToProblem(status),
    };
}
