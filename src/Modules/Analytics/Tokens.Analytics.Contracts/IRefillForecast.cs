namespace Tokens.Analytics.Contracts;

/// <summary>What a member's spending so far says about refills.</summary>
public interface IRefillForecast
{
    /// <summary>The forecast as of now, from the balance in the ledger and the spending counted so far.</summary>
    Task<RefillForecast> ForecastAsync(Guid memberId, CancellationToken cancellationToken);
}
