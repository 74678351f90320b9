using Tokens.Bench.Load;

namespace Tokens.Bench.Tests.Load;

public sealed class WrkOutputTests
{
    private const string Good = """
        Running 5s test @ http://127.0.0.1:8080/
          2 threads and 256 connections
          Thread Stats   Avg      Stdev     Max   +/- Stdev
            Latency    38.51ms   12.77ms 201.14ms   81.50%
            Req/Sec     3.34k   512.10     4.51k    66.00%
          Latency Distribution
             50%   36.90ms
             75%   43.01ms
             90%   51.22ms
             99%   91.35ms
          33301 requests in 5.05s, 15.57MB read
        Requests/sec:   6594.61
        Transfer/sec:      3.08MB
        """;

    [Fact]
    public void Rate_count_and_percentiles_are_read()
    {
        var load = WrkOutput.Parse(Good);

        load.ShouldBe(new LoadResult(33_301, 6_594.61, 36.90, 91.35, Refused: 0, Broken: 0));
        load.Succeeded.ShouldBe(33_301);
    }

    [Theory]
    [InlineData("620.00us", 0.62)]
    [InlineData("1.25s", 1_250)]
    [InlineData("2.00m", 120_000)]
    [InlineData("1.00h", 3_600_000)]
    public void Latencies_come_in_several_units(string written, double ms) =>
        WrkOutput.Parse(Good.Replace("91.35ms", written)).P99Ms!.Value.ShouldBe(ms, 0.000_1);

    [Fact]
    public void Refusals_and_broken_connections_are_counted()
    {
        var load = WrkOutput.Parse(Good.Replace(
            "Requests/sec:", "  Socket errors: connect 1, read 20, write 300, timeout 4000\n  Non-2xx or 3xx responses: 31\nRequests/sec:"));

        load.Broken.ShouldBe(4_321);
        load.Refused.ShouldBe(31);
        load.Succeeded.ShouldBe(33_270);
    }

    [Theory]
    [InlineData("requests in")]
    [InlineData("Requests/sec")]
    [InlineData("50%")]
    [InlineData("99%")]
    public void Output_without_a_figure_is_no_result(string missing) =>
        Should.Throw<FormatException>(() => WrkOutput.Parse(Good.Replace(missing, "?"))).Message.ShouldContain("Running 5s test");

    [Fact]
    public void A_run_without_any_answer_is_no_result() =>
        Should.Throw<FormatException>(() => WrkOutput.Parse(Good.Replace("6594.61", "-nan")));
}
