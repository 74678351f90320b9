using Microsoft.AspNetCore.Builder;

namespace Tokens.Platform.Answers;

/// <summary>Marks a GET route whose long answers are worth compressing and hold no secret.</summary>
public sealed class CompressibleAnswer
{
    private CompressibleAnswer()
    {
    }

    internal static CompressibleAnswer Instance { get; } = new();
}

/// <summary>Lets a route say so.</summary>
public static class CompressibleRoutes
{
    /// <summary>
    /// The answers of this GET route may be compressed: lists and documents, never an answer with a secret in it (a client secret, a
    /// code, a session's token), because what else it holds may be of an attacker's choice, and never an event stream.
    /// </summary>
    public static TBuilder WithCompressibleAnswers<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder
    {
        route.Add(endpoint => endpoint.Metadata.Add(CompressibleAnswer.Instance));
        return route;
    }
}
