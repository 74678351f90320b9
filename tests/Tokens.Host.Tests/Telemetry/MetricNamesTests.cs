using Tokens.Host.Telemetry;

namespace Tokens.Host.Tests.Telemetry;

public sealed class MetricNamesTests
{
    [Theory]
    [InlineData("http.server.request.duration", "s", "http_server_request_duration_seconds")]
    [InlineData("resilience.polly.pipeline.duration", "ms", "resilience_polly_pipeline_duration_milliseconds")]
    [InlineData("dotnet.process.memory.working_set", "By", "dotnet_process_memory_working_set_bytes")]
    [InlineData("tokens.wallet.postings", "{posting}", "tokens_wallet_postings")]
    [InlineData("tokens.wallet.share", "1", "tokens_wallet_share")]
    [InlineData("already.in_seconds", "s", "already_in_seconds")]
    [InlineData("odd-name/é", "", "odd_name__")]
    [InlineData("2xx", "", "_2xx")]
    public void Names_are_as_Prometheus_has_them(string instrument, string unit, string name) =>
        MetricNames.Family(instrument, unit).ShouldBe(name);

    [Fact]
    public void Labels_are_in_order_and_escaped_and_those_that_become_one_share_it()
    {
        var labels = new MetricLabels();
        labels.Add("b.c", "a \"quoted\"\nline\\");
        labels.Add("a", true);
        labels.Add("b-c", null);

        labels.Text.ShouldBe("""a="true",b_c="a \"quoted\"\nline\\;" """.TrimEnd());
        new MetricLabels().With("le", "+Inf").ShouldBe("le=\"+Inf\"");
    }
}
