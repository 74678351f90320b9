using Tokens.Payments.Purchases;

namespace Tokens.Payments.Tests.Purchases;

public sealed class PurchaseStatesTests
{
    private static readonly HashSet<(PurchaseStatus From, PurchaseStatus To)> Ways =
    [
        (PurchaseStatus.Created, PurchaseStatus.Processing),
        (PurchaseStatus.Created, PurchaseStatus.Cancelled),
        (PurchaseStatus.Processing, PurchaseStatus.RequiresAction),
        (PurchaseStatus.Processing, PurchaseStatus.Succeeded),
        (PurchaseStatus.Processing, PurchaseStatus.Declined),
        (PurchaseStatus.Processing, PurchaseStatus.Cancelled),
        (PurchaseStatus.RequiresAction, PurchaseStatus.Succeeded),
        (PurchaseStatus.RequiresAction, PurchaseStatus.Declined),
        (PurchaseStatus.RequiresAction, PurchaseStatus.Cancelled),
        (PurchaseStatus.Declined, PurchaseStatus.Succeeded),
        (PurchaseStatus.Cancelled, PurchaseStatus.Succeeded),
    ];

    [Fact]
    public void A_purchase_goes_the_known_ways_and_no_other()
    {
        foreach (var from in Enum.GetValues<PurchaseStatus>())
        {
            foreach (var to in Enum.GetValues<PurchaseStatus>())
            {
                from.MayBecome(to).ShouldBe(Ways.Contains((from, to)), $"{from} to {to}");
            }
        }
    }

    [Fact]
    public void A_way_that_does_not_exist_is_a_fault() =>
        Should.Throw<InvalidOperationException>(() => PurchaseStatus.Succeeded.Become(PurchaseStatus.Declined))
            .Message.ShouldBe("A purchase that is succeeded can't become declined.");

    [Theory]
    [InlineData("created", false)]
    [InlineData("processing", false)]
    [InlineData("requires_action", false)]
    [InlineData("succeeded", true)]
    [InlineData("declined", true)]
    [InlineData("cancelled", true)]
    public void Every_state_has_a_name_that_leads_back_to_it(string name, bool isFinal)
    {
        var status = PurchaseStates.FromWire(name);
        status.Wire().ShouldBe(name);
        status.IsFinal().ShouldBe(isFinal);
    }
}
