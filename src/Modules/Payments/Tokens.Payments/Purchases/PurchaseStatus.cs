using System.Collections.Frozen;

namespace Tokens.Payments.Purchases;

/// <summary>Where a purchase stands.</summary>
internal enum PurchaseStatus
{
    /// <summary>The row is there; no charge has been asked for.</summary>
    Created,

    /// <summary>A charge has been asked for, and how it ended isn't known yet.</summary>
    Processing,

    /// <summary>The member has to authenticate (3-D Secure).</summary>
    RequiresAction,

    /// <summary>Charged and credited.</summary>
    Succeeded,

    /// <summary>The card was refused.</summary>
    Declined,

    /// <summary>Given up without a charge.</summary>
    Cancelled,
}

/// <summary>Every state and every way from one to another; nothing else decides what may follow.</summary>
internal static class PurchaseStates
{
    /// <summary>Rows in these states hold their idempotency key, as the unique index knows it; both providers read it.</summary>
    internal const string HoldsKeyFilter = "idempotency_key IS NOT NULL AND status NOT IN ('declined', 'cancelled')";

    private static readonly FrozenDictionary<PurchaseStatus, State> All = new Dictionary<PurchaseStatus, State>
    {
        [PurchaseStatus.Created] = new("created", [PurchaseStatus.Processing, PurchaseStatus.Cancelled]),
        [PurchaseStatus.Processing] = new(
            "processing",
            [PurchaseStatus.RequiresAction, PurchaseStatus.Succeeded, PurchaseStatus.Declined, PurchaseStatus.Cancelled]),
        [PurchaseStatus.RequiresAction] = new(
            "requires_action",
            [PurchaseStatus.Succeeded, PurchaseStatus.Declined, PurchaseStatus.Cancelled]),
        [PurchaseStatus.Succeeded] = new("succeeded", [], IsFinal: true),
        // Money that comes late all the same is owed in tokens.
        [PurchaseStatus.Declined] = new("declined", [PurchaseStatus.Succeeded], IsFinal: true),
        [PurchaseStatus.Cancelled] = new("cancelled", [PurchaseStatus.Succeeded], IsFinal: true),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, PurchaseStatus> ByWire =
        All.ToFrozenDictionary(state => state.Value.Wire, state => state.Key);

    /// <summary>The state's name on the wire and in the table.</summary>
    internal static string Wire(this PurchaseStatus status) => All[status].Wire;

    internal static PurchaseStatus FromWire(string name) => ByWire[name];

    /// <summary>Whether the outcome is known, and callers are told so.</summary>
    internal static bool IsFinal(this PurchaseStatus status) => All[status].IsFinal;

    internal static bool MayBecome(this PurchaseStatus from, PurchaseStatus to) => All[from].Next.Contains(to);

    /// <summary>The next state.</summary>
    /// <exception cref="InvalidOperationException">No way leads there.</exception>
    internal static PurchaseStatus Become(this PurchaseStatus from, PurchaseStatus to) => from.MayBecome(to)
        ? to
        : throw new InvalidOperationException($"A purchase that is {from.Wire()} can't become {to.Wire()}.");

    private sealed record State(string Wire, PurchaseStatus[] Next, bool IsFinal = false);
}
