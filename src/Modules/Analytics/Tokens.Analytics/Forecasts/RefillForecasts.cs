using Microsoft.Extensions.Options;
using Tokens.Analytics.Contracts;
using Tokens.Analytics.Ranges;
using Tokens.Analytics.RollUps;
using Tokens.Platform.Time;
using Tokens.Wallet.Contracts;

namespace Tokens.Analytics.Forecasts;

/// <summary>Gathers what a prediction needs.</summary>
internal sealed class RefillForecasts(
    RangeReader ranges, IRefillContext refills, IWalletLedger wallet, IOptions<ForecastOptions> options, TimeProvider time) : IRefillForecast
{
    private const int HistoryDays = 90;

    /// <param name="Prediction">What is predicted.</param>
    /// <param name="Patterns">From what.</param>
    /// <param name="Fold">The same with its counterparties.</param>
    /// <param name="Days">The days of the fold.</param>
    internal sealed record Result(
        RefillPrediction Prediction, SpendingPatterns Patterns, RangeFold Fold, LocalDays Days, long Balance, RefillSettings Settings);

    public async Task<RefillForecast> ForecastAsync(Guid memberId, CancellationToken cancellationToken)
    {
        var prediction = (await PredictAsync(memberId, cancellationToken)).Prediction;
        return new RefillForecast(
            prediction.DaysUntilEmpty, prediction.RecommendedRefill, [.. prediction.Triggers.Select(trigger => trigger.Type)]);
    }

    internal async Task<Result> PredictAsync(Guid memberId, CancellationToken cancellationToken)
    {
        var balance = wallet.GetBalanceAsync(memberId, cancellationToken);
        var settings = await refills.GetSettingsAsync(memberId, cancellationToken);
        var (zone, now) = (MemberZone.Of(settings), time.UtcNow());
        var days = LocalDays.UpTo(now, zone, HistoryDays);
        var fold = await ranges.ReadAsync(memberId, Side.Spent, days, cancellationToken);
        var patterns = new SpendingPatterns(
            [.. fold.Daily.Select(day => day.Tokens)], fold.Hourly, TimeZoneInfo.ConvertTimeFromUtc(now, zone), FavoriteOf(fold));
        var prediction = RefillPredictor.Predict(
            patterns, await balance, settings.RefillThreshold, refills.PackageTokens, options.Value);
        return new Result(prediction, patterns, fold, days, await balance, settings);
    }

    private static SpendingPatterns.FavoriteCreator? FavoriteOf(RangeFold fold) => fold.Counterparties.Any()
        ? fold.Counterparties.MaxBy(each => (each.Transfers, each.Tokens)) is var best && best.Transfers > 0
            ? new SpendingPatterns.FavoriteCreator(best.Id, best.Transfers, best.Tokens / (double)best.Transfers)
            : null
        : null;
}
