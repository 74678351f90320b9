using Microsoft.Extensions.Options;
using Tokens.Analytics.Contracts;

namespace Tokens.Payments.Refills;

/// <summary>What analytics sees of packages and plans.</summary>
internal sealed class RefillContext(RefillPlans plans, IOptions<PaymentsOptions> shop) : IRefillContext
{
    public IReadOnlyList<long> PackageTokens { get; } = [.. shop.Value.Packages.Select(package => package.Tokens).Order()];

    public async Task<RefillSettings> GetSettingsAsync(Guid memberId, CancellationToken cancellationToken) =>
        (await plans.GetAsync(memberId, cancellationToken)).ToSettings();
}
