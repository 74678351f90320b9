using Tokens.Testing.Running;

namespace Tokens.Survival.Tests.Storms.Load;

/// <summary>A call that was sent during a storm.</summary>
/// <param name="Began">Timestamp of its start.</param>
/// <param name="Took">Until its answer, or until its connection broke.</param>
/// <param name="Interruption">Why it settled nothing; null when it did.</param>
internal sealed record StormCall(long Began, TimeSpan Took, Interruption? Interruption);
