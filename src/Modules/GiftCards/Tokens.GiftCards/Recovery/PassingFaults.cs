using Microsoft.AspNetCore.Http;
using Tokens.Platform.Problems;
using Tokens.Platform.Storage;

namespace Tokens.GiftCards.Recovery;

/// <summary>Tells a fault that time mends from one that it doesn't.</summary>
internal static class PassingFaults
{
    /// <summary>Whether the fault says nothing about the row at hand: the database or the ledger is away or busy.</summary>
    internal static bool Covers(Exception fault) =>
        TransientFaults.Covers(fault)
        || fault is OperationCanceledException or ProblemException { Problem.Kind.Status: StatusCodes.Status503ServiceUnavailable };
}
