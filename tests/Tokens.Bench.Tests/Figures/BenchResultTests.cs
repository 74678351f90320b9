using Tokens.Bench.Figures;
using Tokens.Bench.Reports;

namespace Tokens.Bench.Tests.Figures;

public sealed class BenchResultTests
{
    private static readonly Figure Kept = new("kept", [49], Bound.AtMost(50));
    private static readonly Figure Missed = new("webhooks: ms", [10, 61.234, 70], Bound.AtMost(50));
    private static readonly Figure Shown = new("shown", [1_000]);

    [Fact]
    public void A_run_without_faults_and_misses_is_good() => BenchResult.ExitCode([], [Kept, Shown]).ShouldBe(0);

    [Fact]
    public void One_bound_that_is_missed_fails_the_run() => BenchResult.ExitCode([], [Kept, Missed, Shown]).ShouldBe(1);

    [Fact]
    public void A_fault_fails_a_run_whose_bounds_are_kept() => BenchResult.ExitCode(["the ledger isn't sound"], [Kept]).ShouldBe(1);

    [Fact]
    public void A_miss_is_named_with_its_value_and_its_bound() =>
        BenchResult.Misses([Kept, Missed, Shown, new Figure("paid", [double.NaN], Bound.AtLeast(90))])
            .ShouldBe(["webhooks: ms: 61.23, required ≤ 50", "paid: NaN, required ≥ 90"]);

    [Fact]
    public void A_report_ends_with_what_went_wrong_and_what_was_missed() => FaultLines.Of(["lost"], [Kept, Missed]).ShouldBe(
        """
        FAILED: lost
        MISSED: webhooks: ms: 61.23, required ≤ 50

        """);
}
