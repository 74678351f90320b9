using Microsoft.AspNetCore.Http;

namespace Tokens.Platform.Problems;

/// <summary>An error as an endpoint returns it; written as an RFC 9457 document by <see cref="ProblemDocument"/>.</summary>
/// <param name="Kind">What went wrong.</param>
/// <param name="Detail">A sentence for the person at the other end; never a secret, SQL or a stack trace.</param>
public sealed record Problem(ProblemKind Kind, string Detail) : IResult, IStatusCodeHttpResult
{
    /// <summary>Members beside the standard ones, by JSON name, in the order given.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Members { get; init; } = [];

    /// <summary>How long the client should wait; rounded up to whole seconds in <c>Retry-After</c>.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <inheritdoc />
    public int? StatusCode => Kind.Status;

    /// <summary>This problem with one more member.</summary>
    public Problem With(string name, object? value) => this with { Members = [.. Members, new(name, value)] };

    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext) => ProblemDocument.WriteAsync(httpContext, this);
}
