using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Tokens.Payments.Tests.Parts;

/// <summary>Instruments to which nobody listens.</summary>
internal static class TestMetrics
{
    internal static PaymentsMetrics Payments() =>
        new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());
}
