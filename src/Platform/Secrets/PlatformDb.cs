using Microsoft.EntityFrameworkCore;
using Tokens.Platform.Storage;

namespace Tokens.Platform.Secrets;

/// <summary>What belongs to no module: secrets that this installation made for itself.</summary>
internal abstract class PlatformDb(DbContextOptions options) : ModuleDbContext(options, SchemaName)
{
    internal const string SchemaName = "platform";

    internal DbSet<StoredSecret> Secrets => Set<StoredSecret>();

    protected override void Describe(ModelBuilder model) => model.Entity<StoredSecret>(secret =>
    {
        secret.ToTable("secrets").HasKey(s => s.Name);
        secret.Property(s => s.Name).HasMaxLength(64);
    });
}
