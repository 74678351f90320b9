using Tokens.Analytics.RollUps;
using Tokens.Analytics.Tests.Parts;

namespace Tokens.Analytics.Tests.RollUps;

public sealed class RollUpSumsTests
{
    private static readonly DateTime Noon = new(2026, 7, 15, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void What_lies_in_the_quarter_right_before_the_given_one_is_late_already()
    {
        var (fan, creator) = (Guid.NewGuid(), Guid.NewGuid());
        var sums = RollUpSums.Of([Batches.Tip(fan, creator, 10, Noon)]);

        sums.LateBefore(Quarters.Of(Noon)).ShouldBeEmpty();
        sums.LateBefore(Quarters.Of(Noon) + 1).ShouldBe([(fan, Side.Spent), (creator, Side.Earned)], ignoreOrder: true);
    }
}
