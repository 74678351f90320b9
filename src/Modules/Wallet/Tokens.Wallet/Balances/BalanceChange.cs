using Tokens.Wallet.Data;
using Tokens.Wallet.Transactions;

namespace Tokens.Wallet.Balances;

/// <summary>What a posting did to one member's account.</summary>
internal sealed record BalanceChange(Guid MemberId, long Version, long BalanceTokens, long DeltaTokens, string Kind, Guid TransferId) : IBalanceNews
{
    /// <summary>The changes of a commit, one for each posting and member account.</summary>
    internal static IEnumerable<BalanceChange> Of(IEnumerable<TransferRow> committed) => committed
        .SelectMany(Sides)
        .GroupBy(side => (side.MemberId, side.Version))
        .Select(entry => entry.Aggregate((head, leg) => head with { DeltaTokens = head.DeltaTokens + leg.DeltaTokens }));

    private static IEnumerable<BalanceChange> Sides(TransferRow row)
    {
        if (row.DebitVersion is { } debitVersion)
        {
            var kind = EntryTypes.Of(row.Kind, incoming: false);
            yield return new(row.DebitAccountId, debitVersion, row.DebitBalanceAfter ?? 0, -row.Tokens, kind, row.Id);
        }

        if (row.CreditVersion is { } creditVersion)
        {
            var kind = EntryTypes.Of(row.Kind, incoming: true);
            yield return new(row.CreditAccountId, creditVersion, row.CreditBalanceAfter ?? 0, row.Tokens, kind, row.Id);
        }
    }
}
