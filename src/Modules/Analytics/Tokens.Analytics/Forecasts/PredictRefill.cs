using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Tokens.Analytics.Contracts;
using Tokens.Analytics.Spending;
using Tokens.Platform.Identity;
using Tokens.Platform.Time;
using Tokens.Wallet.Contracts;

namespace Tokens.Analytics.Forecasts;

/// <summary>GET /api/tokens/analytics/predict-refill: when the balance will be used up, and from what that is predicted.</summary>
internal static class PredictRefill
{
    private const int HistoryDaysShown = 30;
    private const int FavoritesShown = 5;

    internal sealed record Trigger(string Type, string Message, string Severity, string RecommendedAction);

    internal sealed record Predicted(
        int? DaysUntilEmpty,
        double AvgDailySpending,
        long WeeklySpending,
        long RecommendedRefill,
        string Confidence,
        string Trend,
        string Urgency,
        string RiskLevel,
        IReadOnlyList<Trigger> Triggers);

    internal sealed record Favorite(Guid Id, string? Name, int SessionCount, double AvgSpend, DateTime LastInteraction);

    internal sealed record Patterns(double WeekdayAvg, double WeekendAvg, double PeakHourAvg, IReadOnlyList<Favorite> FavoriteCreators);

    internal sealed record Response(
        bool Success,
        Predicted Prediction,
        Patterns Patterns,
        long CurrentBalance,
        IReadOnlyList<GetAnalytics.Day> SpendingHistory,
        RefillSettings AutoRefillSettings,
        DateTime Timestamp);

    internal static async Task<Ok<Response>> Handle(
        Caller caller, RefillForecasts forecasts, IWalletLedger wallet, TimeProvider time, CancellationToken cancellationToken)
    {
        var result = await forecasts.PredictAsync(caller.Id, cancellationToken);
        var patterns = result.Patterns;
        return TypedResults.Ok(new Response(
            true,
            PredictedOf(result.Prediction),
            new Patterns(
                Math.Round(patterns.WeekdayAverage, 2),
                Math.Round(patterns.WeekendAverage, 2),
                Math.Round(patterns.PeakHourAverage, 2),
                await FavoritesAsync(result, wallet, cancellationToken)),
            result.Balance,
            [.. GetAnalytics.DaysOf(result.Fold, result.Days).TakeLast(HistoryDaysShown)],
            result.Settings,
            time.UtcNow()));
    }

    private static Predicted PredictedOf(RefillPrediction prediction) => new(
        prediction.DaysUntilEmpty,
        prediction.AvgDailySpending,
        prediction.WeeklySpending,
        prediction.RecommendedRefill,
        WireOf(prediction.Confidence),
        WireOf(prediction.Trend),
        WireOf(prediction.Urgency),
        WireOf(prediction.RiskLevel),
        [.. prediction.Triggers.Select(trigger => new Trigger(trigger.Type, trigger.Message, WireOf(trigger.Severity), trigger.RecommendedAction))]);

    private static async Task<IReadOnlyList<Favorite>> FavoritesAsync(
        RefillForecasts.Result result, IWalletLedger wallet, CancellationToken cancellationToken)
    {
        var best = result.Fold.Counterparties.Where(each => each.Transfers > 0)
            .OrderByDescending(each => (each.Transfers, each.Tokens)).Take(FavoritesShown).ToList();
        if (best.Count == 0)
        {
            return [];
        }

        var members = await wallet.FindMembersAsync([.. best.Select(each => each.Id)], cancellationToken);
        return [.. best.Select(each => new Favorite(
            each.Id,
            members.GetValueOrDefault(each.Id)?.DisplayName,
            each.Transfers,
            Math.Round(each.Tokens / (double)each.Transfers, 2),
            each.LastAt))];
    }

    private static string WireOf<T>(T word)
        where T : struct, Enum => word.ToString().ToLowerInvariant();
}
