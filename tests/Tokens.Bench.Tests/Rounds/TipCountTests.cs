using Tokens.Bench.Rounds;

namespace Tokens.Bench.Tests.Rounds;

public sealed class TipCountTests
{
    [Theory]
    [InlineData(100, 100, true)]
    [InlineData(100, 164, true)]
    [InlineData(100, 99, false)]
    [InlineData(100, 165, false)]
    public void Posted_are_those_that_were_answered_and_those_under_way(long answered, long posted, bool sound) =>
        (TipCount.FaultOf("tips", answered, posted, inFlightMax: 64) is null).ShouldBe(sound);
}
