using Npgsql;
using Tokens.Bench.Products;
using Tokens.Bench.Settings;
using Tokens.Platform.Time;

namespace Tokens.Bench.Objectives;

/// <summary>Compares the time of refusals of unknown, used and expired gift card codes: a difference would reveal that a code exists.</summary>
internal static class RefusedCodes
{
    private const string Path = "/api/tokens/redeem-gift-card";
    private const int WarmUps = 100;
    private const int Repeats = 300;

    // Failures are counted as in production; only nobody is stopped.
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["RATE_LIMITS"] = "on",
        ["RateLimits__giftcards.redeem__Enabled"] = "false",
        ["Gateway__AddressBurst"] = "1000000",
        ["GiftCards__Lock__FailuresMax"] = "10000",
        ["GiftCards__Lock__NetworkFailuresMax"] = "1000000",
    };

    internal static Task<ObjectiveResult> MeasureAsync(ObjectivesOptions options, Servers servers, CancellationToken cancellationToken)
    {
        const string Database = "refusals";
        return ObjectiveFixture.UseAsync(servers, Database, Settings, MeasureAsync, cancellationToken);

        async Task<ObjectiveResult> MeasureAsync(ObjectiveFixture fixture)
        {
            var fans = await fixture.FansAsync(2 + options.Rounds, tokens: 100, cancellationToken);
            var codes = await CodesAsync(fixture.Calls, fans[0], fans[1], servers.ConnectionString(Database), cancellationToken);
            await RefuseAsync(fixture.Calls, fans[1], codes, WarmUps, cancellationToken);
            var rounds = new List<IReadOnlyList<IReadOnlyList<double>>>();
            for (var round = 0; round < options.Rounds; round++)
            {
                rounds.Add(await RefuseAsync(fixture.Calls, fans[2 + round], codes, Repeats, cancellationToken));
            }

            return new ObjectiveResult(
                ObjectiveNames.Refusals,
                ObjectiveFigures.OfRefusals(rounds, options.Bounds),
                await fixture.LedgerFaultsAsync(ObjectiveNames.Refusals, cancellationToken));
        }
    }

    /// <summary>Milliseconds of each code's refusals.</summary>
    private static async Task<IReadOnlyList<IReadOnlyList<double>>> RefuseAsync(
        MemberCalls calls, Member fan, string[] codes, int repeats, CancellationToken cancellationToken)
    {
        List<double>[] ms = [.. codes.Select(_ => new List<double>())];
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            // In turn, and each of them first as often as the others: whatever else the machine does meets all of them alike.
            for (var i = 0; i < codes.Length; i++)
            {
                var code = (repeat + i) % codes.Length;
                var answer = await RedeemAsync(calls, fan, codes[code], cancellationToken);
                ms[code].Add(answer.Status == 404 ? answer.Ms : throw new InvalidOperationException($"{answer.Status}: {answer.Text}"));
            }
        }

        return ms;
    }

    private static async Task<string[]> CodesAsync(
        MemberCalls calls, Member buyer, Member friend, string connectionString, CancellationToken cancellationToken)
    {
        var (used, expired) = (await BuyAsync(), await BuyAsync());
        (await RedeemAsync(calls, friend, used.Code, cancellationToken)).Require();
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var expire = source.CreateCommand("UPDATE giftcards.cards SET expires_at = now() - interval '1 hour' WHERE id = $1");
        expire.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = expired.Id });
        await expire.ExecuteNonQueryAsync(cancellationToken);
        return [Uuid.NewRandom().ToString(), used.Code, expired.Code];

        async Task<(Guid Id, string Code)> BuyAsync()
        {
            var card = (await calls.PostAsync(buyer, "/api/tokens/gift-card", """{"tokenAmount":10}""", key: null, cancellationToken)).Require();
            return (card.GetProperty("giftCardId").GetGuid(), card.GetProperty("giftCardCode").GetString()!);
        }
    }

    private static Task<TimedAnswer> RedeemAsync(MemberCalls calls, Member fan, string code, CancellationToken cancellationToken) =>
        calls.PostAsync(fan, Path, $$"""{"giftCardCode":"{{code}}"}""", key: null, cancellationToken);
}
