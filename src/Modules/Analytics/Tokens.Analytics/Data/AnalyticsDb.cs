using Microsoft.EntityFrameworkCore;
using Tokens.Analytics.Generations;
using Tokens.Analytics.RollUps;
using Tokens.Platform.Storage;

namespace Tokens.Analytics.Data;

/// <summary>What members spent and earned, counted by quarter of an hour; each generation is a count of its own from the first transfer on.</summary>
internal abstract class AnalyticsDb(DbContextOptions options) : ModuleDbContext(options, AnalyticsModule.ModuleName)
{
    internal DbSet<Generation> Generations => Set<Generation>();

    internal DbSet<CountedBatch> Inbox => Set<CountedBatch>();

    internal DbSet<RollUp> RollUps => Set<RollUp>();

    internal DbSet<LateArrival> LateArrivals => Set<LateArrival>();

    protected override void Describe(ModelBuilder model)
    {
        model.Entity<Generation>(generation =>
        {
            generation.ToTable("generations").HasKey(g => g.Id);
            generation.Property(g => g.Id).ValueGeneratedNever();
            generation.Property(g => g.Status).HasConversion<short>();
            // One at a time is read, and one at a time is built.
            generation.HasIndex(g => g.Status).IsUnique().HasDatabaseName("ux_generations_status").HasFilter("status < 3");
        });

        model.Entity<CountedBatch>(batch =>
        {
            batch.ToTable("inbox").HasKey(b => new { b.Generation, b.BatchId });
            batch.HasIndex(b => b.CountedAt).HasDatabaseName("ix_inbox_counted");
        });

        model.Entity<RollUp>(row =>
        {
            row.ToTable("roll_ups").HasKey(r => new { r.Generation, r.MemberId, r.Side, r.Quarter, r.Kind, r.CounterpartyId });
            row.Property(r => r.Side).HasConversion<short>();
            row.Property(r => r.Kind).HasConversion<short>();
        });

        model.Entity<LateArrival>(late =>
        {
            late.ToTable("late_arrivals").HasKey(l => new { l.Generation, l.MemberId, l.Side });
            late.Property(l => l.Side).HasConversion<short>();
        });
    }
}
