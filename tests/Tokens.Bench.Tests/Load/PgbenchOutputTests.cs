using Tokens.Bench.Load;

namespace Tokens.Bench.Tests.Load;

public sealed class PgbenchOutputTests
{
    private const string Good = """
        pgbench (15.14 (Debian 15.14-0+deb12u1))
        transaction type: transfer.sql
        scaling factor: 1
        query mode: prepared
        number of clients: 16
        number of threads: 2
        maximum number of tries: 1
        duration: 5 s
        number of transactions actually processed: 20487
        number of failed transactions: 0 (0.000%)
        latency average = 3.901 ms
        initial connection time = 18.224 ms
        tps = 4101.301992 (without initial connection time)
        """;

    [Fact]
    public void Rate_and_count_are_read() =>
        PgbenchOutput.Parse(Good).ShouldBe(new LoadResult(20_487, 4_101.301992, P50Ms: null, P99Ms: null, Refused: 0, Broken: 0));

    [Fact]
    public void Failed_transactions_are_refused_requests()
    {
        var load = PgbenchOutput.Parse(Good.Replace("failed transactions: 0 (0.000%)", "failed transactions: 13 (0.063%)"));

        load.Refused.ShouldBe(13);
        load.Succeeded.ShouldBe(20_487);
    }

    [Fact]
    public void Releases_that_do_not_count_failures_are_read() =>
        PgbenchOutput.Parse(Good.Replace("number of failed", "number of other")).Refused.ShouldBe(0);

    [Theory]
    [InlineData("actually processed")]
    [InlineData("tps =")]
    public void Output_without_a_figure_is_no_result(string missing) =>
        Should.Throw<FormatException>(() => PgbenchOutput.Parse(Good.Replace(missing, "?"))).Message.ShouldContain("number of clients");
}
