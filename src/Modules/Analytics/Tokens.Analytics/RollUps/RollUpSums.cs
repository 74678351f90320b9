using Tokens.Wallet.Contracts;

namespace Tokens.Analytics.RollUps;

/// <summary>What some batches add to the roll-ups, each row once.</summary>
internal sealed class RollUpSums
{
    private readonly Dictionary<Key, Sum> _sums = [];

    internal int Count => _sums.Count;

    /// <summary>In the order of the rows' key, which is the order in which every host locks them.</summary>
    internal IReadOnlyList<(Key Key, Sum Sum)> Ordered => [.. _sums
        .Select(pair => (pair.Key, pair.Value))
        .OrderBy(row => (row.Key.MemberId, row.Key.Side, row.Key.Quarter, row.Key.Kind, row.Key.CounterpartyId))];

    internal static RollUpSums Of(IEnumerable<PostedBatch> batches)
    {
        var sums = new RollUpSums();
        foreach (var entry in batches.SelectMany(batch => batch.Entries))
        {
            if (Activity.Of(entry) is { } activity)
            {
                var key = new Key(entry.MemberId, activity.Side, Quarters.Of(entry.PostedAt), activity.Kind, entry.CounterpartyId ?? Guid.Empty);
                sums._sums[key] = sums._sums.GetValueOrDefault(key).With(activity, entry.PostedAt);
            }
        }

        return sums;
    }

    /// <summary>Those with something in a quarter that was over before the given one.</summary>
    internal IReadOnlyList<(Guid MemberId, Side Side)> LateBefore(int quarter) =>
        [.. _sums.Keys.Where(key => key.Quarter < quarter).Select(key => (key.MemberId, key.Side)).Distinct().Order()];

    internal readonly record struct Key(Guid MemberId, Side Side, int Quarter, TransferKind Kind, Guid CounterpartyId);

    internal readonly record struct Sum(long Tokens, int Transfers, DateTime LastAt)
    {
        internal Sum With(Activity activity, DateTime at) =>
            new(checked(Tokens + activity.Tokens), checked(Transfers + activity.Transfers), at > LastAt ? at : LastAt);
    }
}
