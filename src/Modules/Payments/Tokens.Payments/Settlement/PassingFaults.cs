using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Tokens.Payments.Charging;
using Tokens.Platform.Problems;
using Tokens.Platform.Storage;

namespace Tokens.Payments.Settlement;

/// <summary>Tells a fault that time mends from one that it doesn't.</summary>
internal static class PassingFaults
{
    /// <summary>
    /// Whether the fault says nothing about the row at hand: the database, the ledger or Stripe is away or busy, or another writer was
    /// faster.
    /// </summary>
    internal static bool Covers(Exception fault) =>
        TransientFaults.Covers(fault) || StripeFaults.IsAway(fault)
        || fault is OperationCanceledException or DbUpdateConcurrencyException
            or ProblemException { Problem.Kind.Status: StatusCodes.Status503ServiceUnavailable };
}
