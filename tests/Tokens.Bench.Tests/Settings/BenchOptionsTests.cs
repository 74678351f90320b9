using Tokens.Bench.Rounds;
using Tokens.Bench.Settings;

namespace Tokens.Bench.Tests.Settings;

public sealed class BenchOptionsTests
{
    [Fact]
    public void Without_arguments_everything_is_measured_at_length() =>
        BenchOptions.Parse([]).ShouldBe(new RunOptions(Rounds: 5, Seconds: 5, WarmUpSeconds: 1, Members: 1_000, Postings: 500, Only: ""));

    [Fact]
    public void A_quick_look_may_be_had() =>
        BenchOptions.Parse(["--rounds", "1", "--seconds", "2", "--warm-up", "0"])
            .ShouldBe(new RunOptions(Rounds: 1, Seconds: 2, WarmUpSeconds: 0, Members: 1_000, Postings: 500, Only: ""));

    [Fact]
    public void Some_cases_may_be_picked()
    {
        var options = BenchOptions.Parse(["--only", "Tips"]).ShouldBeOfType<RunOptions>();

        CaseNames.All.Where(options.Covers).ShouldBe(
            [CaseNames.TipsSpread, CaseNames.TipsOnePayee, CaseNames.Tips1, CaseNames.Tips64, CaseNames.Tips1000]);
    }

    [Fact]
    public void A_history_has_its_own_options()
    {
        BenchOptions.Parse(["fill"]).ShouldBe(new FillOptions(1_000_000, 10_000_000, Repeats: 50, WarmUps: 200, Connections: 64));
        BenchOptions.Parse(["fill", "--transfers", "100000", "--account-transfers", "10000"])
            .ShouldBe(new FillOptions(10_000, 100_000, Repeats: 50, WarmUps: 200, Connections: 64));
    }

    [Fact]
    public void An_overload_has_its_own_options()
    {
        var options = BenchOptions.Parse(["overload", "--fold", "3"]).ShouldBeOfType<OverloadOptions>();

        options.ShouldBe(new OverloadOptions(1_000, 3, Seconds: 30, Probes: 50));

        options.CrowdConnections.ShouldBe(3_000);
    }

    [Fact]
    public void What_watching_costs_has_its_own_options() =>
        BenchOptions.Parse(["telemetry", "--rounds", "2"])
            .ShouldBe(new TelemetryOptions(Rounds: 2, Seconds: 5, WarmUpSeconds: 20, Connections: 256));

    [Theory]
    [InlineData("help")]
    [InlineData("--help")]
    [InlineData("fill", "-h")]
    public void Help_is_given(params string[] arguments) => BenchOptions.Parse(arguments).ShouldBeNull();

    [Theory]
    [InlineData("'walk'", "walk")]
    [InlineData("--rounds", "--rounds")]
    [InlineData("--rounds", "--rounds", "0")]
    [InlineData("--rounds", "--rounds", "101")]
    [InlineData("--seconds", "--seconds", "-1")]
    [InlineData("--seconds", "--seconds", "1.5")]
    [InlineData("--postings", "fill", "--postings", "100")]
    [InlineData("--only", "--only", "walks")]
    [InlineData("--rounds", "pieces", "--rounds", "1")]
    [InlineData("twice", "--rounds", "1", "--rounds", "2")]
    [InlineData("1.25 times", "fill", "--transfers", "12000", "--account-transfers", "10000")]
    public void What_cannot_be_followed_is_named(string named, params string[] arguments) =>
        Should.Throw<OptionException>(() => BenchOptions.Parse(arguments)).Message.ShouldContain(named);
}
