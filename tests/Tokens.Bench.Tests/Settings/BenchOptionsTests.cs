using Tokens.Bench.Objectives;
using Tokens.Bench.Rounds;
using Tokens.Bench.Settings;

namespace Tokens.Bench.Tests.Settings;

public sealed class BenchOptionsTests
{
    private static readonly RunOptions UsualRun = new(Rounds: 5, Seconds: 5, WarmUpSeconds: 1, Members: 1_000, Postings: 500, Only: "");
    private static readonly ObjectivesOptions UsualObjectives = new(Rounds: 5, Seconds: 5, Only: "", new ObjectiveBounds());

    [Fact]
    public void Without_arguments_everything_is_measured_at_length() =>
        BenchOptions.Parse([]).ShouldBe(new EverythingOptions(UsualRun, UsualObjectives));

    [Fact]
    public void A_verb_measures_its_own_alone()
    {
        BenchOptions.Parse(["run"]).ShouldBe(UsualRun);
        BenchOptions.Parse(["objectives"]).ShouldBe(UsualObjectives);
    }

    [Fact]
    public void A_quick_look_may_be_had_of_everything_at_once() =>
        BenchOptions.Parse(["--rounds", "1", "--seconds", "2", "--warm-up", "0"]).ShouldBe(new EverythingOptions(
            UsualRun with { Rounds = 1, Seconds = 2, WarmUpSeconds = 0 }, UsualObjectives with { Rounds = 1, Seconds = 2 }));

    [Fact]
    public void Some_cases_may_be_picked()
    {
        var options = BenchOptions.Parse(["--only", "Tips"]).ShouldBeOfType<EverythingOptions>();

        CaseNames.All.Where(options.Run.Covers).ShouldBe(
            [CaseNames.TipsSpread, CaseNames.TipsOnePayee, CaseNames.Tips1, CaseNames.Tips64, CaseNames.Tips1000]);
        options.Objectives.CoversAny.ShouldBeFalse();
    }

    [Fact]
    public void Some_objectives_may_be_picked()
    {
        var options = BenchOptions.Parse(["--only", "Webhooks"]).ShouldBeOfType<EverythingOptions>();

        ObjectiveNames.All.Where(options.Objectives.Covers).ShouldBe([ObjectiveNames.WebhooksOnPostgres, ObjectiveNames.WebhooksOnSqlite]);
        options.Run.CoversAny.ShouldBeFalse();
    }

    [Fact]
    public void Each_bound_of_the_objectives_may_be_another()
    {
        string[] arguments =
        [
            "objectives", "--webhook-ms-max", "1", "--paid-percent-min", "2", "--purchase-ms-max", "3", "--refusal-us-max", "4",
            "--ready-ms-max", "5", "--first-tip-ms-max", "6", "--counted-percent-min", "7", "--slower-ms-max", "8",
        ];

        BenchOptions.Parse(arguments).ShouldBe(UsualObjectives with
        {
            Bounds = new ObjectiveBounds
            {
                WebhookMsMax = 1,
                PaidPercentMin = 2,
                PurchaseMsMax = 3,
                RefusalMicrosecondsMax = 4,
                ReadyMsMax = 5,
                FirstTipMsMax = 6,
                CountedPercentMin = 7,
                SlowerMsMax = 8,
            },
        });
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
    [InlineData("--only", "run", "--only", "webhooks")]
    [InlineData("--only", "objectives", "--only", "tips")]
    [InlineData("--members", "objectives", "--members", "10")]
    [InlineData("--webhook-ms-max", "run", "--webhook-ms-max", "10")]
    [InlineData("--paid-percent-min", "objectives", "--paid-percent-min", "101")]
    [InlineData("--rounds", "pieces", "--rounds", "1")]
    [InlineData("twice", "--rounds", "1", "--rounds", "2")]
    [InlineData("1.25 times", "fill", "--transfers", "12000", "--account-transfers", "10000")]
    public void What_cannot_be_followed_is_named(string named, params string[] arguments) =>
        Should.Throw<OptionException>(() => BenchOptions.Parse(arguments)).Message.ShouldContain(named);
}
