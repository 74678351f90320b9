using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Tokens.Analytics.Tests.Parts;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Wallet.Contracts;

namespace Tokens.Analytics.Tests.Survival;

public sealed class LagTests
{
    private const int Transfers = 2_000;

    [Fact]
    public async Task All_that_is_posted_at_once_is_counted_and_how_late_is_recorded()
    {
        await using var storage = await Storage.PostgresAsync();
        await using var host = await AnalyticsHost.OpenAsync(storage);
        await host.StartAsync();
        var lags = new ConcurrentQueue<double>();
        var meters = host.Get<IMeterFactory>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, subscribed) =>
        {
            if (instrument.Name == AnalyticsMetrics.LagName && instrument.Meter.Scope == meters)
            {
                subscribed.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, lag, _, _) => lags.Enqueue(lag));
        listener.Start();
        Guid[] fans = [.. Enumerable.Range(0, 200).Select(_ => Guid.NewGuid())];
        Guid[] creators = [.. Enumerable.Range(0, 50).Select(_ => Guid.NewGuid())];
        await Task.WhenAll(fans.Select(fan => PostAsync(host, Account.Of(SystemAccount.Adjustments), fan, 1_000_000, TransferKind.Adjustment)));

        await Task.WhenAll(Enumerable.Range(0, Transfers).Select(
            i => PostAsync(host, Account.OfMember(fans[i % fans.Length]), creators[i % creators.Length], 1, TransferKind.Tip)));

        await Eventually.BecomesTrueAsync(
            async () => (await host.RollUpsAsync()).Sum(row => row.Transfers) == 2 * Transfers, TimeSpan.FromSeconds(20), "all are counted");
        // A batch's lag is recorded once the batch is counted.
        await Eventually.BecomesTrueAsync(() => !lags.IsEmpty, TimeSpan.FromSeconds(20), "the lag is recorded");
        lags.ShouldAllBe(lag => lag >= 0);
    }

    private static Task<PostingOutcome> PostAsync(AnalyticsHost host, Account from, Guid to, long tokens, TransferKind kind) =>
        host.Get<IWalletLedger>().PostAsync(
            new Posting(new PostingKey("test", "test", Guid.NewGuid().ToString()), [new Leg(from, Account.OfMember(to), tokens, kind)]),
            CancellationToken.None);
}
