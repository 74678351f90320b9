using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Tokens.Platform.Sessions;
using Tokens.Platform.Storage;
using Tokens.Platform.Switches;

namespace Tokens.Platform.Secrets;

/// <summary>What belongs to no module: this installation's own secrets and keys, sessions that were ended, and what is switched off.</summary>
internal abstract class PlatformDb(DbContextOptions options) : ModuleDbContext(options, SchemaName), IDataProtectionKeyContext
{
    internal const string SchemaName = "platform";

    internal DbSet<StoredSecret> Secrets => Set<StoredSecret>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    internal DbSet<RevokedSession> RevokedSessions => Set<RevokedSession>();

    internal DbSet<StoredSwitch> Switches => Set<StoredSwitch>();

    protected override void Describe(ModelBuilder model)
    {
        model.Entity<StoredSecret>(secret =>
        {
            secret.ToTable("secrets").HasKey(s => s.Name);
            secret.Property(s => s.Name).HasMaxLength(64);
        });
        model.Entity<DataProtectionKey>(key => key.ToTable("key_ring"));
        model.Entity<StoredSwitch>(one =>
        {
            one.ToTable("switches").HasKey(s => s.Name);
            one.Property(s => s.Name).HasMaxLength(32);
        });
        model.Entity<RevokedSession>(session =>
        {
            session.ToTable("revoked_sessions").HasKey(s => s.Id);
            session.Property(s => s.Id).ValueGeneratedNever();
            session.HasIndex(s => s.ExpiresAt, "ix_revoked_sessions_expires_at");
        });
    }
}
