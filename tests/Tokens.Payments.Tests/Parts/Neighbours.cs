using Tokens.Analytics.Contracts;
using Tokens.Wallet.Contracts;

namespace Tokens.Payments.Tests.Parts;

/// <summary>The other modules, where a test has nothing to do with them: nobody listens, and no refill is due.</summary>
internal sealed class Neighbours : IMemberNotices, IRefillForecast
{
    public void Tell(Guid memberId, string name, object data)
    {
    }

    public Task<RefillForecast> ForecastAsync(Guid memberId, CancellationToken cancellationToken) =>
        Task.FromResult(new RefillForecast(null, 50, []));
}
