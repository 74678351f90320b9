using Tokens.Platform.Time;

namespace Tokens.Platform.Tests.Time;

public sealed class TimeZonesTests
{
    [Theory]
    [InlineData("UTC")]
    [InlineData("Etc/UTC")]
    [InlineData("Europe/Berlin")]
    [InlineData("US/Eastern")]
    [InlineData("America/Argentina/Buenos_Aires")]
    [InlineData("Etc/GMT+12")]
    public void A_name_of_the_list_is_one(string name)
    {
        TimeZones.TryFind(name, out var zone).ShouldBeTrue();
        zone!.Id.ShouldBe(name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Europe//Berlin")]
    [InlineData("Europe/./Berlin")]
    [InlineData("/Europe/Berlin")]
    [InlineData("Europe/Berlin/")]
    [InlineData("Europe")]
    [InlineData("localtime")]
    [InlineData("posixrules")]
    [InlineData("right/UTC")]
    [InlineData("posix/UTC")]
    [InlineData("posix/Europe/Berlin")]
    [InlineData("tzdata.zi")]
    [InlineData("zone.tab")]
    [InlineData("utc")]
    [InlineData("europe/berlin")]
    [InlineData("Europe/berlin")]
    [InlineData("W. Europe Standard Time")]
    [InlineData("UTC+01:00")]
    [InlineData("Mars/Olympus_Mons")]
    [InlineData("# Names")]
    public void Anything_else_that_the_machine_may_answer_to_is_none(string name)
    {
        // The machine's own look-up remembers zones without regard to case.
        TimeZones.TryFind("Europe/Berlin", out _).ShouldBeTrue();

        TimeZones.TryFind(name, out var zone).ShouldBeFalse();
        zone.ShouldBeNull();
        TimeZones.FindOrUtc(name).ShouldBe(TimeZoneInfo.Utc);
    }

    [Fact]
    public void Zones_keep_the_name_by_which_they_were_found()
    {
        var known = TimeZones.Names.Where(name => TimeZones.TryFind(name, out _)).ToList();

        known.Count.ShouldBeGreaterThan(400);
        known.ShouldAllBe(name => TimeZones.FindOrUtc(name).Id == name && name.Length <= TimeZones.NameLengthMax);
    }

    [Fact]
    public void Every_zone_that_the_machine_lists_is_found()
    {
        TimeZoneInfo.GetSystemTimeZones().Where(zone => !TimeZones.TryFind(zone.Id, out _)).ShouldBeEmpty();
    }
}
