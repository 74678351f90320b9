using Tokens.Platform.Time;
using Tokens.Testing;

namespace Tokens.Platform.Tests.Time;

public sealed class DueTimesTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private readonly TestTimeProvider _clock = new();

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, true)]
    [InlineData(1, false)]
    [InlineData(60, false)]
    [InlineData(90, false)]
    [InlineData(91, true)]
    [InlineData(3_600, true)]
    public void The_end_of_a_pause_is_due_in_the_past_and_beyond_every_pause(int secondsAhead, bool isDue) =>
        DueTimes.OfEnds(_clock, Pause).Covers(_clock.UtcNow().AddSeconds(secondsAhead)).ShouldBe(isDue);

    [Theory]
    [InlineData(-61, true)]
    [InlineData(-60, true)]
    [InlineData(-59, false)]
    [InlineData(0, false)]
    [InlineData(30, false)]
    [InlineData(31, true)]
    public void The_beginning_of_a_pause_is_due_after_it_and_when_it_lies_ahead(int secondsAhead, bool isDue) =>
        DueTimes.OfBeginnings(_clock.UtcNow(), Pause).Covers(_clock.UtcNow().AddSeconds(secondsAhead)).ShouldBe(isDue);

    [Fact]
    public void What_was_put_off_before_the_clock_was_set_back_an_hour_is_due()
    {
        var end = _clock.UtcNow() + Pause;
        _clock.Correct(TimeSpan.FromHours(-1));
        DueTimes.OfEnds(_clock, Pause).Covers(end).ShouldBeTrue();
    }
}
