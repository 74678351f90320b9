using Tokens.Analytics.Ranges;
using Tokens.Wallet.Contracts;

namespace Tokens.Analytics.Spending;

/// <summary>Names the members with whom most tokens were exchanged.</summary>
internal sealed class TopMembers(IWalletLedger wallet)
{
    private const int Count = 5;

    // Of those paid, most are creators; whoever isn't takes no place.
    private const int LookedAtMax = 100;

    internal sealed record Member(Guid Id, string? Name, long Tokens);

    internal async Task<IReadOnlyList<Member>> PaidMostAsync(RangeFold fold, bool creatorsOnly, CancellationToken cancellationToken)
    {
        var best = Best(fold.Counterparties.Where(each => each.Tokens > 0), creatorsOnly ? LookedAtMax : Count);
        if (best.Count == 0)
        {
            return [];
        }

        var members = await wallet.FindMembersAsync([.. best.Select(each => each.Id)], cancellationToken);
        return [.. best
            .Where(each => !creatorsOnly || members.GetValueOrDefault(each.Id) is { IsCreator: true })
            .Take(Count)
            .Select(each => new Member(each.Id, members.GetValueOrDefault(each.Id)?.DisplayName, each.Tokens))];
    }

    // Without sorting all of a hundred thousand.
    private static List<RangeFold.Counterparty> Best(IEnumerable<RangeFold.Counterparty> all, int count)
    {
        var best = new PriorityQueue<RangeFold.Counterparty, (long Tokens, Guid Id)>(count + 1);
        foreach (var each in all)
        {
            if (best.Count < count)
            {
                best.Enqueue(each, (each.Tokens, each.Id));
            }
            else if (best.TryPeek(out _, out var least) && (each.Tokens, each.Id).CompareTo(least) > 0)
            {
                best.DequeueEnqueue(each, (each.Tokens, each.Id));
            }
        }

        var ordered = new List<RangeFold.Counterparty>(best.Count);
        while (best.TryDequeue(out var each, out _))
        {
            ordered.Add(each);
        }

        ordered.Reverse();
        return ordered;
    }
}
