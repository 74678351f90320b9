using Microsoft.EntityFrameworkCore;
using Tokens.Payments.Purchases;
using Tokens.Platform.Storage;

namespace Tokens.Payments.Data;

/// <summary>What the module knows about payments.</summary>
internal abstract class PaymentsDb(DbContextOptions options) : ModuleDbContext(options, PaymentsModule.ModuleName)
{
    internal DbSet<Purchase> Purchases => Set<Purchase>();

    protected override void Describe(ModelBuilder model) => model.Entity<Purchase>(purchase =>
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
        purchase.Property(p => p.Version).IsConcurrencyToken();
        // A refused purchase gives its key back, so that the client may try again under it.
        purchase.HasIndex(p => new { p.MemberId, p.Route, p.IdempotencyKey }).IsUnique()
            .HasDatabaseName("ux_purchases_key").HasFilter(PurchaseStates.HoldsKeyFilter);
        purchase.HasIndex(p => p.PaymentIntentId).IsUnique().HasDatabaseName("ux_purchases_payment_intent");
    });
}
