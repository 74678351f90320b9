using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Tokens.Payments.Charging;
using Tokens.Platform.Problems;
using Tokens.Platform.Storage;

namespace Tokens.Payments.Events;

/// <summary>What a failed attempt says about its event.</summary>
internal static class EventFaults
{
    /// <summary>Nothing, since it passes: the database, the ledger or Stripe is away or busy, or another writer was faster.</summary>
    internal static bool IsPassing(Exception fault) =>
        TransientFaults.Covers(fault) || StripeFaults.IsAway(fault)
        || fault is DbUpdateConcurrencyException
            or ProblemException { Problem.Kind.Status: StatusCodes.Status503ServiceUnavailable };
}
