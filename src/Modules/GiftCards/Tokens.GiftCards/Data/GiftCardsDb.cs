using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tokens.GiftCards.Cards;
using Tokens.GiftCards.Gifts;
using Tokens.GiftCards.Redemptions;
using Tokens.Platform.Storage;

namespace Tokens.GiftCards.Data;

/// <summary>What the module knows about cards, gifts and failed attempts.</summary>
internal abstract class GiftCardsDb(DbContextOptions options) : ModuleDbContext(options, GiftCardsModule.ModuleName)
{
    internal DbSet<GiftCard> Cards => Set<GiftCard>();

    internal DbSet<Gift> Gifts => Set<Gift>();

    internal DbSet<RedeemFailure> RedeemFailures => Set<RedeemFailure>();

    protected override void Describe(ModelBuilder model)
    {
        model.Entity<GiftCard>(DescribeCard);
        model.Entity<Gift>(DescribeGift);
        model.Entity<GiftWords>(DescribeWords);
        model.Entity<RedeemFailure>(failure =>
        {
            failure.ToTable("redeem_failures").HasKey(f => f.Subject);
            failure.Property(f => f.Subject).HasMaxLength(64);
            failure.HasIndex(f => f.WindowStartedMs).HasDatabaseName("ix_redeem_failures_window");
        });
    }

    private static void DescribeCard(EntityTypeBuilder<GiftCard> card)
    {
        card.ToTable("cards").HasKey(c => c.Id);
        card.Property(c => c.Id).ValueGeneratedNever();
        card.Property(c => c.IdempotencyKey).HasMaxLength(255);
        card.Property(c => c.PayloadHash).HasMaxLength(32);
        card.Property(c => c.Message).HasMaxLength(500);
        card.Property(c => c.SourceId).HasMaxLength(64);
        card.Property(c => c.CodeHash).HasMaxLength(32);
        card.Property(c => c.PepperId).HasMaxLength(16);
        card.Property(c => c.Last4).HasMaxLength(4);
        card.Property(c => c.SealedCode).HasMaxLength(256);
        card.Property(c => c.Status).HasMaxLength(16).HasConversion(status => status.Wire(), name => CardStates.FromWire(name));
        card.Property(c => c.RedeemKey).HasMaxLength(255);
        card.Property(c => c.ParkedReason).HasMaxLength(32);
        card.HasIndex(c => c.CodeHash).IsUnique().HasDatabaseName("ux_cards_code");
        // A card that never came to be gives its key back.
        card.HasIndex(c => new { c.MemberId, c.IdempotencyKey }).IsUnique()
            .HasDatabaseName("ux_cards_key").HasFilter(CardStates.HoldsKeyFilter);
        card.HasIndex(c => new { c.RedeemerId, c.RedeemKey }).IsUnique()
            .HasDatabaseName("ux_cards_redeem_key").HasFilter("redeem_key IS NOT NULL");
        card.HasIndex(c => c.SourceId).IsUnique().HasDatabaseName("ux_cards_source").HasFilter("source_id IS NOT NULL");
        card.HasIndex(c => new { c.MemberId, c.Id }).HasDatabaseName("ix_cards_member");
        card.HasIndex(c => c.NextCheckAt).HasDatabaseName("ix_cards_due").HasFilter("next_check_at IS NOT NULL");
        card.HasIndex(c => c.ExpiresAt).HasDatabaseName("ix_cards_expiry").HasFilter(CardStates.ExpiresFilter);
        card.HasIndex(c => c.SealedUntil).HasDatabaseName("ix_cards_sealed").HasFilter("sealed_until IS NOT NULL");
        card.HasIndex(c => c.Id).HasDatabaseName("ix_cards_parked").HasFilter("parked_reason IS NOT NULL");
    }

    private static void DescribeGift(EntityTypeBuilder<Gift> gift)
    {
        gift.ToTable("gifts").HasKey(g => g.Id);
        gift.Property(g => g.Id).ValueGeneratedNever();
        gift.Property(g => g.IdempotencyKey).HasMaxLength(255);
        gift.Property(g => g.PayloadHash).HasMaxLength(32);
        gift.Property(g => g.GiftType).HasMaxLength(50);
        gift.Property(g => g.CatalogId).HasMaxLength(50);
        gift.Property(g => g.Status).HasMaxLength(16)
            .HasConversion(status => WireOf(status), name => Enum.Parse<GiftStatus>(name, ignoreCase: true));
        gift.Property(g => g.ParkedReason).HasMaxLength(32);
        gift.HasOne(g => g.Words).WithOne().HasForeignKey<GiftWords>(words => words.GiftId);
        // A gift that was refused gives its key back.
        gift.HasIndex(g => new { g.SenderId, g.IdempotencyKey }).IsUnique()
            .HasDatabaseName("ux_gifts_key").HasFilter("idempotency_key IS NOT NULL AND status <> 'failed'");
        gift.HasIndex(g => new { g.SenderId, g.Id }).HasDatabaseName("ix_gifts_sender");
        gift.HasIndex(g => new { g.RecipientId, g.Id }).HasDatabaseName("ix_gifts_recipient");
        gift.HasIndex(g => g.NextCheckAt).HasDatabaseName("ix_gifts_due").HasFilter("next_check_at IS NOT NULL");
        gift.HasIndex(g => g.Id).HasDatabaseName("ix_gifts_parked").HasFilter("parked_reason IS NOT NULL");
    }

    private static void DescribeWords(EntityTypeBuilder<GiftWords> words)
    {
        words.ToTable("gift_words").HasKey(w => w.GiftId);
        words.Property(w => w.GiftId).ValueGeneratedNever();
        words.Property(w => w.Message).HasMaxLength(500);
        words.Property(w => w.Channel).HasMaxLength(100);
        words.Property(w => w.GiftName).HasMaxLength(100);
        words.Property(w => w.GiftEmoji).HasMaxLength(32);
    }

    private static string WireOf(GiftStatus status) => status.ToString().ToLowerInvariant();
}
