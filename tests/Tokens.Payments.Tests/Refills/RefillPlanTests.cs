using Tokens.Payments.Refills;

namespace Tokens.Payments.Tests.Refills;

public sealed class RefillPlanTests
{
    private static readonly DateTime Now = new(2026, 7, 15, 12, 0, 0, DateTimeKind.Utc);
    private static readonly RefillOptions Options = new();

    [Fact]
    public void Declines_pause_an_hour_then_longer_and_the_third_switches_off()
    {
        var plan = new RefillPlan { MemberId = Guid.NewGuid(), IsEnabled = true, CheckAt = Now };

        plan.Decline("pm_1", Now, Options);
        (plan.IsEnabled, plan.PausedUntil).ShouldBe((true, Now.AddHours(1)));
        plan.Decline("pm_1", Now, Options);
        (plan.IsEnabled, plan.PausedUntil).ShouldBe((true, Now.AddHours(2)));
        plan.Decline("pm_1", Now, Options);

        (plan.IsEnabled, plan.DisabledReason, plan.CheckAt).ShouldBe((false, "declined", null));
    }

    [Fact]
    public void Switching_on_again_forgets_the_declines()
    {
        var plan = new RefillPlan { MemberId = Guid.NewGuid(), IsEnabled = false, DisabledReason = "declined", Declines = 3, PausedUntil = Now };

        plan.Change(Request(isEnabled: true), Now, Options);

        (plan.IsEnabled, plan.DisabledReason, plan.Declines, plan.PausedUntil).ShouldBe((true, null, 0, null));
    }

    [Fact]
    public void Changing_something_else_forgets_nothing()
    {
        var plan = new RefillPlan { MemberId = Guid.NewGuid(), IsEnabled = true, Declines = 2, PausedUntil = Now };

        plan.Change(Request(isEnabled: true), Now, Options);

        (plan.Declines, plan.PausedUntil).ShouldBe((2, Now));
    }

    private static PatchRefillSettings.Request Request(bool isEnabled) =>
        new(isEnabled, default, null, null, null, null, null, default, default, null);
}
