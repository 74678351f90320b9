using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tokens.Payments.Events;
using Tokens.Payments.Purchases;
using Tokens.Platform.Storage;

namespace Tokens.Payments.Data;

/// <summary>What the module knows about payments.</summary>
internal abstract class PaymentsDb(DbContextOptions options) : ModuleDbContext(options, PaymentsModule.ModuleName)
{
    internal DbSet<Purchase> Purchases => Set<Purchase>();

    internal DbSet<StripeEvent> StripeEvents => Set<StripeEvent>();

    protected override void Describe(ModelBuilder model)
    {
        model.Entity<Purchase>(DescribePurchase);
        model.Entity<StripeEvent>(DescribeStripeEvent);
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
        purchase.Property(p => p.PaymentIntentId).HasMaxLength(255);
        purchase.Property(p => p.DeclineCode).HasMaxLength(64);
        purchase.Property(p => p.StripeCode).HasMaxLength(64);
        purchase.Property(p => p.IsJoinable).HasDefaultValue(false);
        purchase.Property(p => p.IsAnswered).HasDefaultValue(false);
        purchase.Property(p => p.Failures).HasDefaultValue(0);
        purchase.Property(p => p.ParkedReason).HasMaxLength(32);
        purchase.Property(p => p.Version).IsConcurrencyToken();
        // A refused purchase gives its key back, so that the client may try again under it.
        purchase.HasIndex(p => new { p.MemberId, p.Route, p.IdempotencyKey }).IsUnique()
            .HasDatabaseName("ux_purchases_key").HasFilter(PurchaseStates.HoldsKeyFilter);
        purchase.HasIndex(p => new { p.MemberId, p.Route, p.PayloadHash }).IsUnique()
            .HasDatabaseName("ux_purchases_joinable").HasFilter("is_joinable");
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
        stripeEvent.HasIndex(e => e.NextAttemptAt).HasDatabaseName("ix_stripe_events_due").HasFilter("next_attempt_at IS NOT NULL");
        stripeEvent.HasIndex(e => e.Id).HasDatabaseName("ix_stripe_events_parked").HasFilter("parked_reason IS NOT NULL");
        stripeEvent.HasIndex(e => e.ReceivedAt).HasDatabaseName("ix_stripe_events_received");
    }

    private static string WireOf(StripeEventStatus status) => status.ToString().ToLowerInvariant();
}
