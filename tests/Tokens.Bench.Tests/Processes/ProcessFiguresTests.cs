using Tokens.Bench.Processes;

namespace Tokens.Bench.Tests.Processes;

public sealed class ProcessFiguresTests
{
    private const string Stat =
        "4711 (post) gres (x) S 17 4711 4711 0 -1 4194560 9 8 7 6 250 150 1000 24 20 0 1 0 96 228 18446744073709551615\n";

    private const string Status =
        "Name:\tpostgres\nVmHWM:\t   30720 kB\nVmRSS:\t   20480 kB\nRssAnon:\t    4096 kB\nRssFile:\t    6144 kB\nRssShmem:\t   10240 kB\n";

    [Fact]
    public void A_process_is_read_whatever_its_name() =>
        ProcessFigures.Parse(Stat, Status).ShouldBe(new ProcessFigures(
            ParentId: 17, CpuSeconds: 4, ReapedCpuSeconds: 10.24, ResidentBytes: 20 << 20, ResidentPeakBytes: 30 << 20, SharedBytes: 16 << 20));

    [Fact]
    public void A_process_that_ended_has_no_memory() => ProcessFigures.Parse(Stat, "Name:\tpostgres\n").ResidentBytes.ShouldBe(0);

    [Fact]
    public void This_process_can_be_read()
    {
        var own = ProcessFigures.Read(Environment.ProcessId).ShouldNotBeNull();

        own.ResidentBytes.ShouldBeGreaterThan(1 << 20);
        own.ResidentPeakBytes.ShouldBeGreaterThanOrEqualTo(own.ResidentBytes);
    }

    [Fact]
    public void A_process_that_is_not_there_has_no_figures() => ProcessFigures.Read(int.MaxValue).ShouldBeNull();

    [Fact]
    public void A_family_shares_its_shared_memory_and_counts_children_that_ended()
    {
        var parent = new ProcessFigures(1, CpuSeconds: 2, ReapedCpuSeconds: 30, ResidentBytes: 100, ResidentPeakBytes: 120, SharedBytes: 60);
        var child = new ProcessFigures(7, CpuSeconds: 5, ReapedCpuSeconds: 0, ResidentBytes: 80, ResidentPeakBytes: 90, SharedBytes: 70);

        ProcessUsage.OfFamily("postgres", [parent, child]).ShouldBe(new ProcessUsage("postgres", 37, 40 + 10 + 70, 60 + 20 + 70));
    }

    [Fact]
    public void Only_the_processor_time_is_a_difference() =>
        new ProcessUsage("redis", 9, 100, 200).Since(new ProcessUsage("redis", 7, 90, 190)).ShouldBe(new ProcessUsage("redis", 2, 100, 200));

    [Fact]
    public void A_waiting_machine_is_not_busy() =>
        MachineCpu.Parse("cpu  100 20 30 50000 7000 4 5 6 900 0").ShouldBe(1.65);
}
