using System.Diagnostics.Metrics;
using Tokens.Analytics.Tests.Parts;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Wallet.Contracts;

namespace Tokens.Analytics.Tests.Survival;

public sealed class LagTests
{
    private const int TransfersASecond = 1_000;
    private const int Seconds = 8;

    [Fact]
    public async Task At_a_thousand_transfers_a_second_the_count_is_less_than_two_seconds_behind()
    {
        await using var storage = await Storage.PostgresAsync();
        await using var host = await AnalyticsHost.OpenAsync(storage, null, ("Outbox:Pause", "00:00:00.500"));
        await host.StartAsync();
        var lags = new List<double>();
        var meters = host.Get<IMeterFactory>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, subscribed) =>
        {
            if (instrument.Name == AnalyticsMetrics.LagName && instrument.Meter.Scope == meters)
            {
                subscribed.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, lag, _, _) =>
        {
            lock (lags)
            {
                lags.Add(lag);
            }
        });
        listener.Start();
        Guid[] fans = [.. Enumerable.Range(0, 200).Select(_ => Guid.NewGuid())];
        Guid[] creators = [.. Enumerable.Range(0, 50).Select(_ => Guid.NewGuid())];
        await Task.WhenAll(fans.Select(fan => PostAsync(host, Account.Of(SystemAccount.Adjustments), fan, 1_000_000, TransferKind.Adjustment)));

        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var posting = new List<Task>();
        for (var tick = 0; tick < Seconds * 50; tick++)
        {
            await clock.WaitForNextTickAsync();
            for (var i = 0; i < TransfersASecond / 50; i++)
            {
                posting.Add(PostAsync(
                    host, Account.OfMember(fans[posting.Count % fans.Length]), creators[posting.Count % creators.Length], 1, TransferKind.Tip));
            }
        }

        await Task.WhenAll(posting);
        await Eventually.BecomesTrueAsync(
            async () => (await host.RollUpsAsync()).Sum(row => row.Transfers) == 2 * TransfersASecond * Seconds, TimeSpan.FromSeconds(20), "all are counted");
        lock (lags)
        {
            lags.Sort();
            lags.Count.ShouldBeGreaterThan(100);
            lags[(int)(lags.Count * 0.99)].ShouldBeLessThan(2);
        }
    }

    private static Task<PostingOutcome> PostAsync(AnalyticsHost host, Account from, Guid to, long tokens, TransferKind kind) =>
        host.Get<IWalletLedger>().PostAsync(
            new Posting(new PostingKey("test", "test", Guid.NewGuid().ToString()), [new Leg(from, Account.OfMember(to), tokens, kind)]),
            CancellationToken.None);
}
