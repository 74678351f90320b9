using Tokens.Bench.Objectives;

namespace Tokens.Bench.Tests.Objectives;

public sealed class LagCountTests
{
    private const string Metrics =
        """
        # TYPE tokens_analytics_lag_seconds histogram
        tokens_analytics_lag_seconds_bucket{otel_scope_name="Tokens.Analytics",le="1"} 700
        tokens_analytics_lag_seconds_bucket{otel_scope_name="Tokens.Analytics",le="2"} 995
        tokens_analytics_lag_seconds_bucket{otel_scope_name="Tokens.Analytics",le="+Inf"} 1000
        tokens_analytics_lag_seconds_sum{otel_scope_name="Tokens.Analytics"} 812.5
        tokens_analytics_lag_seconds_count{otel_scope_name="Tokens.Analytics"} 1000

        """;

    [Fact]
    public void Those_within_two_seconds_are_told_from_all() => LagCount.Parse(Metrics).ShouldBe(new LagCount(995, 1_000));

    [Fact]
    public void A_product_that_has_counted_nothing_has_no_metric() => LagCount.Parse("dotnet_gc_pause 1\n").ShouldBe(new LagCount(0, 0));

    [Fact]
    public void A_round_is_what_came_since_the_one_before() =>
        new LagCount(995, 1_000).Since(new LagCount(500, 502)).ShouldBe(new LagCount(495, 498));
}
