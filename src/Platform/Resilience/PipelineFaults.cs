using Polly;

namespace Tokens.Platform.Resilience;

/// <summary>What the faults of one neighbour mean.</summary>
/// <param name="MayRepeat">Whether the call may be repeated after this fault; timeouts of an attempt come here too.</param>
/// <param name="IsAway">Whether the fault says that the neighbour can't be worked with, which is what the breaker counts.</param>
public sealed record PipelineFaults(Func<Exception, ResilienceContext, bool> MayRepeat, Func<Exception, bool> IsAway);
