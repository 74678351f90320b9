using Microsoft.EntityFrameworkCore;
using Tokens.Platform.Storage;
using Tokens.Platform.Telemetry;
using Tokens.Wallet.MovingIn;

namespace Tokens.Wallet.Data;

internal abstract class WalletDb(DbContextOptions options) : ModuleDbContext(options, WalletModule.ModuleName)
{
    internal DbSet<AccountRow> Accounts => Set<AccountRow>();

    internal DbSet<TransferRow> Transfers => Set<TransferRow>();

    internal DbSet<TransferWordsRow> Words => Set<TransferWordsRow>();

    internal DbSet<EntryBlockRow> EntryBlocks => Set<EntryBlockRow>();

    internal DbSet<MemberRow> Members => Set<MemberRow>();

    internal DbSet<OutboxRow> Outbox => Set<OutboxRow>();

    internal DbSet<OutboxDeliveryRow> Deliveries => Set<OutboxDeliveryRow>();

    internal DbSet<PastTransactionRow> PastTransactions => Set<PastTransactionRow>();

    protected override void Describe(ModelBuilder model)
    {
        model.Entity<AccountRow>(account =>
        {
            account.ToTable("accounts", table =>
            {
                table.HasCheckConstraint("ck_accounts_balance", "system_name IS NOT NULL OR balance_tokens >= 0");
                table.HasCheckConstraint("ck_accounts_debt", "debt_tokens >= 0");
            });
            account.HasKey(a => a.Id);
            account.Property(a => a.Id).ValueGeneratedNever();
            account.Property(a => a.SystemName).HasMaxLength(32);
        });

        model.Entity<TransferRow>(transfer =>
        {
            transfer.ToTable("transfers", table =>
            {
                table.HasCheckConstraint("ck_transfers_tokens", "tokens > 0");
                table.HasCheckConstraint("ck_transfers_accounts", "debit_account_id <> credit_account_id");
            });
            transfer.HasKey(t => new { t.Id, t.Leg });
            transfer.Property(t => t.Kind).HasConversion<short>();
            transfer.Property(t => t.Route).HasMaxLength(32);
            transfer.Property(t => t.IdempotencyKey).HasMaxLength(255);
            transfer.Property(t => t.Reference).HasMaxLength(100);
            transfer.HasIndex(t => new { t.CallerId, t.Route, t.IdempotencyKey }, "ux_transfers_key")
                .IsUnique().HasFilter("idempotency_key IS NOT NULL");
            transfer.HasIndex(t => new { t.DebitAccountId, t.DebitVersion, t.Leg }, "ux_transfers_debit")
                .IsUnique().HasFilter("debit_version IS NOT NULL");
            transfer.HasIndex(t => new { t.CreditAccountId, t.CreditVersion, t.Leg }, "ux_transfers_credit")
                .IsUnique().HasFilter("credit_version IS NOT NULL");
            transfer.HasIndex(t => t.BatchId, "ix_transfers_batch");
        });

        model.Entity<TransferWordsRow>(words =>
        {
            words.ToTable("transfer_words").HasKey(w => w.TransferId);
            words.Property(w => w.TransferId).ValueGeneratedNever();
            words.Property(w => w.Channel).HasMaxLength(100);
            words.Property(w => w.Message).HasMaxLength(500);
        });

        model.Entity<EntryBlockRow>().ToTable("entry_blocks").HasKey(b => new { b.AccountId, b.Block });

        model.Entity<MemberRow>(member =>
        {
            member.ToTable("members").HasKey(m => m.Id);
            member.Property(m => m.Id).ValueGeneratedNever();
            member.Property(m => m.DisplayName).HasMaxLength(100);
            member.Property(m => m.SaidAt).IsConcurrencyToken();
        });

        model.Entity<OutboxRow>(row =>
        {
            row.ToTable("outbox").HasKey(r => r.BatchId);
            row.Property(r => r.BatchId).ValueGeneratedNever();
            row.Property(r => r.TraceParent).HasMaxLength(TraceParent.Length);
        });

        model.Entity<OutboxDeliveryRow>(row =>
        {
            row.ToTable("outbox_deliveries").HasKey(r => new { r.Subscriber, r.BatchId });
            row.Property(r => r.Subscriber).HasMaxLength(32);
            row.Property(r => r.TraceParent).HasMaxLength(TraceParent.Length);
            row.HasIndex(r => new { r.Subscriber, r.DueAt }, "ix_outbox_deliveries_due");
        });

        model.Entity<PastTransactionRow>(past =>
        {
            past.ToTable("past_transactions").HasKey(p => p.Id);
            past.Property(p => p.Id).ValueGeneratedNever();
            past.Property(p => p.SourceId).HasMaxLength(64);
            past.Property(p => p.Type).HasMaxLength(32);
            past.Property(p => p.Channel).HasMaxLength(100);
            past.Property(p => p.Message).HasMaxLength(500);
            past.Property(p => p.Reference).HasMaxLength(100);
            past.HasIndex(p => new { p.MemberId, p.SourceId }, "ux_past_transactions_source").IsUnique();
            past.HasIndex(p => new { p.MemberId, p.Id }, "ix_past_transactions_member");
        });
    }
}
