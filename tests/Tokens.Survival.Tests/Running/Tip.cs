namespace Tokens.Survival.Tests.Running;

/// <summary>A tip that was answered with 200.</summary>
/// <param name="Fan">Index of the fan.</param>
/// <param name="Key">The idempotency key.</param>
/// <param name="TransactionId">What the answer calls it.</param>
/// <param name="WasInterrupted">Whether an earlier call with the same key got no answer that settles it.</param>
/// <param name="WasReplayed">Whether an earlier call with the same key had its effect.</param>
internal sealed record Tip(int Fan, string Key, Guid TransactionId, bool WasInterrupted, bool WasReplayed);
