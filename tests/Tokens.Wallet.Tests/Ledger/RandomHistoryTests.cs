using Microsoft.Extensions.Time.Testing;
using Tokens.Platform.Time;
using Tokens.Wallet.Ledger;

namespace Tokens.Wallet.Tests.Ledger;

public sealed class RandomHistoryTests
{
    /// <summary>A history without a refusal would prove nothing about refusals.</summary>
    [Fact]
    public void The_histories_hold_every_decision_there_is()
    {
        var clock = new FakeTimeProvider();
        var seen = new Dictionary<Type, int>();
        for (var seed = 1; seed <= 20; seed++)
        {
            var history = new RandomHistory(seed, clock);
            var model = new LedgerModel();
            for (var i = 0; i < RandomHistory.MemberCount; i++)
            {
                model.Directory[history.Ids[i]] = i % 2 == 0;
            }

            for (var i = 0; i < 500; i++)
            {
                model.Member(history.Pick(history.Ids)).Debt = history.Chance(0.98) ? 0 : 10;
                var decision = model.Decide(history.NextRequest(), clock.UtcNow(), isRepeat: false).GetType();
                seen[decision] = seen.GetValueOrDefault(decision) + 1;
            }
        }

        var kinds = typeof(PostingDecision).GetNestedTypes(System.Reflection.BindingFlags.NonPublic);
        kinds.Length.ShouldBeGreaterThan(6);
        kinds.ShouldAllBe(kind => seen.ContainsKey(kind) && seen[kind] >= 20);
    }
}
