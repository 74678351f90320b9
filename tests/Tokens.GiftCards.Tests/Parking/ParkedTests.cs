using Tokens.GiftCards.Cards;
using Tokens.GiftCards.Parking;
using Tokens.GiftCards.Tests.Parts;
using Tokens.Testing;

namespace Tokens.GiftCards.Tests.Parking;

public sealed class ParkedTests
{
    private static readonly TimeSpan Soon = Eventually.Deadline;

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task What_keeps_failing_is_parked_stops_nobody_and_is_tried_again_when_released(StorageKind kind)
    {
        await using var storage = await TestStorage.CreateAsync(kind);
        await using var host = await GiftCardsHost.OpenAsync(storage, settings: ("GiftCards:Recovery:FailuresMax", "3"));
        var (buyer, sender, recipient) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        host.Ledger.Give(buyer, 100);
        host.Ledger.Give(sender, 100);
        var (poisoned, _) = await host.IssueAsync(buyer, 10, days: 1);
        var (healthy, _) = await host.IssueAsync(buyer, 20, days: 1);
        host.Ledger.Fault = posting => posting.Reference != healthy.Id.ToString() ? new LedgerFault(true, new InvalidOperationException("poison")) : null;
        await Should.ThrowAsync<InvalidOperationException>(() => host.GiftAsync(sender, recipient, 5));
        host.Clock.Advance(TimeSpan.FromDays(1));
        await host.StartAsync();
        var parked = host.Get<ParkedItems>();

        await AdvanceUntilAsync(host, async () => (await parked.AfterAsync(Guid.Empty, 10, CancellationToken.None)).Count == 2, "both are parked");

        var items = await parked.AfterAsync(Guid.Empty, 10, CancellationToken.None);
        items.Select(item => (item.Kind, item.Id)).ShouldContain((ParkedKind.Card, poisoned.Id));
        items.ShouldAllBe(item => item.Reason == ParkedReason.KeepsFailing && item.Failures == 3);
        (await host.Get<CardStore>().GetAsync(healthy.Id)).Status.ShouldBe(CardStatus.Expired);

        host.Ledger.Fault = _ => null;
        foreach (var item in items)
        {
            (await parked.ReleaseAsync(item.Id, CancellationToken.None)).ShouldBe(item.Kind);
        }

        (await parked.ReleaseAsync(healthy.Id, CancellationToken.None)).ShouldBeNull();
        await host.SettleAsync();
        host.Ledger.BalanceOf(buyer).ShouldBe(100);
        host.Ledger.BalanceOf(sender).ShouldBe(100);
    }

    private static Task AdvanceUntilAsync(GiftCardsHost host, Func<Task<bool>> condition, string what) => Eventually.BecomesTrueAsync(
        async () =>
        {
            host.Clock.Advance(TimeSpan.FromSeconds(5));
            return await condition();
        },
        Soon,
        what);
}
