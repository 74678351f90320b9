using Microsoft.Extensions.Options;
using Tokens.Payments.Charging;
using Tokens.Testing;

namespace Tokens.Payments.Tests.Parts;

/// <summary>The pipelines to Stripe without a host.</summary>
internal static class TestStripePipeline
{
    internal static StripePipeline Create(StripePipelineOptions options) => new(
        Options.Create(options),
        TestPipelines.Create(
            options,
            time: null,
            (StripePipeline.Name, StripePipeline.Faults),
            (StripePipeline.BackgroundName, StripePipeline.BackgroundFaults)),
        TestMetrics.Payments());
}
