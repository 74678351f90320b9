using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Tokens.Wallet.Tests.Parts;

/// <summary>Instruments to which nobody listens.</summary>
internal static class TestMetrics
{
    internal static WalletMetrics Wallet() =>
        new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());
}
