using Tokens.Platform.Problems;
using Tokens.Platform.Storage;

namespace Tokens.Payments.Settlement;

/// <summary>Tells a fault that time mends from one that it doesn't.</summary>
internal static class PassingFaults
{
    /// <summary>The database or the ledger is away or busy: it says nothing about the row at hand.</summary>
    internal static bool Covers(Exception fault) =>
        TransientFaults.Covers(fault) || fault is OperationCanceledException or ProblemException { Problem.Kind.Status: 503 };
}
