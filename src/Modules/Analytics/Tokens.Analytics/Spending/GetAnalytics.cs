using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Tokens.Analytics.Ranges;
using Tokens.Analytics.RollUps;
using Tokens.Platform.Identity;
using Tokens.Platform.Inputs;
using Tokens.Platform.Time;
using Tokens.Wallet.Contracts;

namespace Tokens.Analytics.Spending;

/// <summary>GET /api/tokens/analytics/fan|creator: what a member spent, or earned, day by day.</summary>
internal static class GetAnalytics
{
    private const string Fan = "fan";
    private const string Creator = "creator";
    private const int RecentCount = 10;
    private const string RangeDefault = "30d";
    private static readonly Dictionary<string, int> Ranges = new(StringComparer.Ordinal) { ["7d"] = 7, [RangeDefault] = 30, ["90d"] = 90 };

    internal sealed record Request(string Type, string Range, TimeZoneInfo? Zone) : IInput<Request>
    {
        public static Request Read(InputReader input)
        {
            var type = input.Route.RequiredChoice("type", "Invalid analytics type", [Fan, Creator]);
            var range = input.Query.OptionalText(new TextRule("range", "Invalid range", 1_000));
            return new Request(
                type,
                range is not null && Ranges.ContainsKey(range) ? range : RangeDefault,
                input.Query.OptionalTimeZone("timeZone", "Invalid time zone"));
        }
    }

    internal sealed record Day(DateOnly Date, long Tokens, int Transactions);

    internal sealed record Summary(long TotalTokens, decimal TotalUsd, decimal AvgPerDay, int Transactions);

    /// <summary>Under an old client's names.</summary>
    internal sealed record Recent(
        [property: JsonPropertyName("created_at")] DateTime CreatedAt,
        string Type,
        long Tokens,
        [property: JsonPropertyName("amount_usd")] decimal AmountUsd,
        string Status);

    internal sealed record Response(
        bool Success,
        string Type,
        string Range,
        IReadOnlyList<Day> Daily,
        IReadOnlyDictionary<string, long> ByType,
        IReadOnlyList<TopMembers.Member> TopCreators,
        IReadOnlyList<TopMembers.Member> TopFans,
        IReadOnlyList<Recent> RecentTransactions,
        Summary Summary,
        DateTime AsOf,
        DateTime Timestamp);

    internal static async Task<Ok<Response>> Handle(
        Input<Request> input,
        Caller caller,
        MemberZone zones,
        RangeReader ranges,
        TopMembers top,
        IWalletHistory history,
        TokenValue value,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var request = input.Value;
        var side = request.Type == Fan ? Side.Spent : Side.Earned;
        var now = time.UtcNow();
        var zone = request.Zone ?? await zones.OfAsync(caller.Id, cancellationToken);
        var days = LocalDays.UpTo(now, zone, Ranges[request.Range]);

        // Asked first, so that the answer is at least as fresh as it says.
        var untold = history.OldestUntoldAsync(RollUpSubscriber.SubscriberName, cancellationToken);
        var recent = history.NewestAsync(caller.Id, incoming: side == Side.Earned, Activity.KindsOf(side), RecentCount, cancellationToken);
        var asOf = await untold ?? now;
        var fold = await ranges.ReadAsync(caller.Id, side, days, cancellationToken);
        var best = await top.PaidMostAsync(fold, creatorsOnly: side == Side.Spent, cancellationToken);

        return TypedResults.Ok(new Response(
            true,
            request.Type,
            request.Range,
            DaysOf(fold, days),
            fold.Kinds.OrderBy(kind => kind.Key).ToDictionary(kind => Activity.WireOf(side, kind.Key), kind => kind.Value),
            side == Side.Spent ? best : [],
            side == Side.Earned ? best : [],
            [.. (await recent).Select(entry => RecentOf(entry, side, value))],
            SummaryOf(fold, days, value),
            asOf < now ? asOf : now,
            now));
    }

    internal static IReadOnlyList<Day> DaysOf(RangeFold fold, LocalDays days) =>
        [.. fold.Daily.Select((sum, i) => new Day(days.First.AddDays(i), sum.Tokens, sum.Transfers))];

    private static Recent RecentOf(PostedEntry entry, Side side, TokenValue value)
    {
        var tokens = Math.Abs(entry.Tokens);
        return new Recent(entry.PostedAt, Activity.WireOf(side, entry.Kind), tokens, value.UsdOf(tokens), "completed");
    }

    private static Summary SummaryOf(RangeFold fold, LocalDays days, TokenValue value)
    {
        var tokens = fold.Daily.Sum(day => day.Tokens);
        return new Summary(
            tokens,
            value.UsdOf(tokens),
            Math.Round((decimal)tokens / days.Count, 2, MidpointRounding.AwayFromZero),
            fold.Daily.Sum(day => day.Transfers));
    }
}
