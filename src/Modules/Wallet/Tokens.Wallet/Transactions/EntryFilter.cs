using Tokens.Platform.Inputs;

namespace Tokens.Wallet.Transactions;

/// <summary>Which entries are wanted.</summary>
/// <param name="Type">One of <see cref="EntryTypes.All"/>, or null for all.</param>
/// <param name="From">First moment wanted.</param>
/// <param name="To">First moment no longer wanted.</param>
internal sealed record EntryFilter(string? Type, DateTime? From, DateTime? To)
{
    internal bool IsEmpty => Type is null && From is null && To is null;

    internal static EntryFilter Read(InputReader input, bool withType)
    {
        const string Range = "Invalid date range";
        var type = withType ? input.Query.OptionalChoice("type", "Invalid transaction type", EntryTypes.All) : null;
        var from = input.Query.OptionalInstant("from", Range);
        var to = input.Query.OptionalInstant("to", Range);
        if (from >= to)
        {
            input.Fault("to", Range, "to must be later than from.");
        }

        return new EntryFilter(type, from, to);
    }
}
