namespace Tokens.Platform.Problems;

/// <summary>Carries a problem out of a place that can't return one; the pipeline writes its document.</summary>
public sealed class ProblemException : Exception
{
    /// <summary>Makes an exception that answers the request with <paramref name="problem"/>.</summary>
    public ProblemException(Problem problem, Exception? innerException = null)
        : base(problem?.Detail, innerException) => Problem = problem ?? throw new ArgumentNullException(nameof(problem));

    /// <summary>What the client is told.</summary>
    public Problem Problem { get; }
}
