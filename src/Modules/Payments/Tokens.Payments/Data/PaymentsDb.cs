using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tokens.Payments.Events;
using Tokens.Payments.Purchases;
using Tokens.Payments.Refills;
using Tokens.Payments.SavedMethods;
using Tokens.Platform.Storage;
using Tokens.Platform.Telemetry;

namespace Tokens.Payments.Data;

/// <summary>What the module knows about payments.</summary>
internal abstract class PaymentsDb(DbContextOptions options) : ModuleDbContext(options, PaymentsModule.ModuleName)
{
    internal DbSet<Purchase> Purchases => Set<Purchase>();

    internal DbSet<StripeEvent> StripeEvents => Set<StripeEvent>();

    internal DbSet<RefillPlan> RefillPlans => Set<RefillPlan>();

    internal DbSet<StripeCustomer> Customers => Set<StripeCustomer>();

    protected override void Describe(ModelBuilder model)
    {
        model.Entity<Purchase>(DescribePurchase);
        model.Entity<StripeEvent>(DescribeStripeEvent);
        model.Entity<RefillPlan>(DescribeRefillPlan);
        model.Entity<StripeCustomer>(customer =>
        {
            customer.ToTable("customers").HasKey(c => c.MemberId);
            customer.Property(c => c.MemberId).ValueGeneratedNever();
            customer.Property(c => c.CustomerId).HasMaxLength(255);
            customer.Property(c => c.DefaultMethodId).HasMaxLength(255);
        });
    }

    private static void DescribePurchase(EntityTypeBuilder<Purchase> purchase)
    {
        purchase.ToTable("purchases").HasKey(p => p.Id);
        purchase.Property(p => p.Id).ValueGeneratedNever();
        purchase.Property(p => p.Route).HasMaxLength(32);
        purchase.Property(p => p.IdempotencyKey).HasMaxLength(255);
        purchase.Property(p => p.PayloadHash).HasMaxLength(32);
        purchase.Property(p => p.Currency).HasMaxLength(3);
        purchase.Property(p => p.PaymentMethodId).HasMaxLength(255);
        purchase.Property(p => p.Status).HasMaxLength(32)
            .HasConversion(status => status.Wire(), name => PurchaseStates.FromWire(name));
        purchase.Property(p => p.CustomerId).HasMaxLength(255);
        purchase.Property(p => p.SavesMethod).HasDefaultValue(false);
        purchase.Property(p => p.IsOffSession).HasDefaultValue(false);
        purchase.Property(p => p.RefillTrigger).HasMaxLength(32);
        purchase.Property(p => p.PaymentIntentId).HasMaxLength(255);
        purchase.Property(p => p.DeclineCode).HasMaxLength(64);
        purchase.Property(p => p.StripeCode).HasMaxLength(64);
        purchase.Property(p => p.IsJoinable).HasDefaultValue(false);
        purchase.Property(p => p.IsAnswered).HasDefaultValue(false);
        purchase.Property(p => p.Failures).HasDefaultValue(0);
        purchase.Property(p => p.ParkedReason).HasMaxLength(32);
        purchase.Property(p => p.TraceParent).HasMaxLength(TraceParent.Length);
        purchase.Property(p => p.Version).IsConcurrencyToken();
        // A refused purchase gives its key back, so that the client may try again under it.
        purchase.HasIndex(p => new { p.MemberId, p.Route, p.IdempotencyKey }).IsUnique()
            .HasDatabaseName("ux_purchases_key").HasFilter(PurchaseStates.HoldsKeyFilter);
        purchase.HasIndex(p => new { p.MemberId, p.Route, p.PayloadHash }).IsUnique()
            .HasDatabaseName("ux_purchases_joinable").HasFilter("is_joinable");
        // One refill a member at a time, on any number of hosts.
        purchase.HasIndex(p => p.MemberId).IsUnique().HasDatabaseName("ux_purchases_refill")
            .HasFilter("refill_trigger IS NOT NULL AND status IN ('created', 'processing', 'requires_action')");
        purchase.HasIndex(p => p.PaymentIntentId).IsUnique().HasDatabaseName("ux_purchases_payment_intent");
        purchase.HasIndex(p => p.NextCheckAt).HasDatabaseName("ix_purchases_due").HasFilter("next_check_at IS NOT NULL");
        purchase.HasIndex(p => p.Id).HasDatabaseName("ix_purchases_parked").HasFilter("parked_reason IS NOT NULL");
    }

    private static void DescribeStripeEvent(EntityTypeBuilder<StripeEvent> stripeEvent)
    {
        stripeEvent.ToTable("stripe_events").HasKey(e => e.Id);
        stripeEvent.Property(e => e.Id).HasMaxLength(255);
        stripeEvent.Property(e => e.Type).HasMaxLength(64);
        stripeEvent.Property(e => e.PaymentIntentId).HasMaxLength(255);
        stripeEvent.Property(e => e.Currency).HasMaxLength(3);
        stripeEvent.Property(e => e.Status).HasMaxLength(16)
            .HasConversion(status => WireOf(status), name => Enum.Parse<StripeEventStatus>(name, ignoreCase: true));
        stripeEvent.Property(e => e.ParkedReason).HasMaxLength(32);
        stripeEvent.Property(e => e.TraceParent).HasMaxLength(TraceParent.Length);
        stripeEvent.HasIndex(e => e.NextAttemptAt).HasDatabaseName("ix_stripe_events_due").HasFilter("next_attempt_at IS NOT NULL");
        stripeEvent.HasIndex(e => e.Id).HasDatabaseName("ix_stripe_events_parked").HasFilter("parked_reason IS NOT NULL");
        stripeEvent.HasIndex(e => e.ReceivedAt).HasDatabaseName("ix_stripe_events_received");
    }

    private static void DescribeRefillPlan(EntityTypeBuilder<RefillPlan> plan)
    {
        plan.ToTable("refill_plans").HasKey(p => p.MemberId);
        plan.Property(p => p.MemberId).ValueGeneratedNever();
        plan.Property(p => p.TimeZone).HasMaxLength(64);
        plan.Property(p => p.DisabledReason).HasMaxLength(32);
        plan.Property(p => p.PausedMethodId).HasMaxLength(255);
        plan.Property(p => p.Version).IsConcurrencyToken();
        plan.HasIndex(p => p.CheckAt).HasDatabaseName("ix_refill_plans_check").HasFilter("check_at IS NOT NULL");
    }

    private static string WireOf(StripeEventStatus status) => status.ToString().ToLowerInvariant();
}
