using Tokens.Bench.Products;

namespace Tokens.Bench.Tests.Products;

public sealed class AllocationsTests
{
    [Fact]
    public void The_metric_is_found_among_others() => Allocations.Parse(
        """
        # TYPE dotnet_gc_heap_total_allocated_bytes_total counter
        dotnet_gc_collections_total{gc_heap_generation="gen0"} 5
        dotnet_gc_heap_total_allocated_bytes_total 1.5e+09

        """).ShouldBe(1.5e9);

    [Fact]
    public void A_product_that_does_not_say_is_a_fault() => Should.Throw<FormatException>(() => Allocations.Parse("dotnet_gc_pause 1\n"));
}
