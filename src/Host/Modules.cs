using Tokens.Analytics;
using Tokens.GiftCards;
using Tokens.Payments;
using Tokens.Platform;
using Tokens.Wallet;

namespace Tokens.Host;

/// <summary>The one list of modules: services, endpoints, migrations and tests all go by it.</summary>
internal static class Modules
{
    internal static readonly IModule[] All =
    [
        new WalletModule(),
        new PaymentsModule(),
        new GiftCardsModule(),
        new AnalyticsModule(),
    ];
}
