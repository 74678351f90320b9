using Tokens.Platform.Time;

namespace Tokens.Platform.Tests.Time;

public sealed class WaitsTests
{
    private static readonly DateTime Now = new(2026, 7, 15, 12, 0, 0, DateTimeKind.Utc);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData(null, false)]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(10 * 60, true)]
    [InlineData(11 * 60, true)]
    [InlineData(11 * 60 + 1, false)]
    [InlineData(3_600, false)]
    public void A_wait_is_on_until_its_end_unless_it_ends_later_than_it_can_have_been_set_to(int? seconds, bool isOn)
    {
        Waits.IsOn(seconds is { } ahead ? Now.AddSeconds(ahead) : null, Now, Longest).ShouldBe(isOn);
    }
}
