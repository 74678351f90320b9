using Microsoft.Extensions.Time.Testing;
using Tokens.Platform.Identity;
using Tokens.Platform.Time;

namespace Tokens.Platform.Tests.Time;

public sealed class TimeTests
{
    [Fact]
    public void An_instant_is_UTC_in_whole_milliseconds()
    {
        var moment = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Unspecified).AddTicks(6_789_012);

        var instant = Instant.Truncate(moment);

        instant.Kind.ShouldBe(DateTimeKind.Utc);
        instant.ShouldBe(new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc));
        new FakeTimeProvider(new DateTimeOffset(moment, TimeSpan.Zero)).UtcNow().ShouldBe(instant);
    }

    [Fact]
    public void Ids_of_later_moments_sort_later()
    {
        var clock = new FakeTimeProvider();
        var ids = new List<Guid>();
        for (var i = 0; i < 20; i++)
        {
            ids.Add(Uuid.New(clock));
            clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        ids.ShouldAllBe(id => id.Version == 7);
        ids.Select(id => id.ToString()).ShouldBeInOrder(SortDirection.Ascending, StringComparer.Ordinal);
    }

    [Fact]
    public void Random_ids_are_of_version_4_and_unlike()
    {
        var ids = Enumerable.Range(0, 1_000).Select(_ => Uuid.NewRandom()).ToList();

        ids.ShouldAllBe(id => id.Version == 4 && (id.Variant & 0xC) == 0x8);
        ids.Distinct().Count().ShouldBe(ids.Count);
    }

    [Fact]
    public void Reserved_ids_are_of_version_8_and_none_that_is_made_for_members()
    {
        ReservedIds.Make(1).ToString().ShouldBe("00000000-0000-8000-8000-000000000001");
        ReservedIds.Make(ulong.MaxValue).Version.ShouldBe(8);
        ReservedIds.Covers(ReservedIds.Make(42)).ShouldBeTrue();
        ReservedIds.Covers(Guid.Empty).ShouldBeTrue();
        ReservedIds.Covers(Uuid.NewRandom()).ShouldBeFalse();
        ReservedIds.Covers(Uuid.New(TimeProvider.System)).ShouldBeFalse();
    }
}
