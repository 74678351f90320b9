using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tokens.Wallet.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    internal sealed partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "accounts",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    system_name = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    balance_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    debt_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    purchased_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    spent_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    earned_tokens = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts", x => x.id);
                    table.CheckConstraint("ck_accounts_balance", "system_name IS NOT NULL OR balance_tokens >= 0");
                    table.CheckConstraint("ck_accounts_debt", "debt_tokens >= 0");
                });

            migrationBuilder.CreateTable(
                name: "members",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    display_name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    is_creator = table.Column<bool>(type: "INTEGER", nullable: false),
                    said_at = table.Column<long>(type: "INTEGER", nullable: false),
                    said_by_directory = table.Column<bool>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_members", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                columns: table => new
                {
                    batch_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    transfers = table.Column<int>(type: "INTEGER", nullable: false),
                    posted_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outbox", x => x.batch_id);
                });

            migrationBuilder.CreateTable(
                name: "transfer_words",
                columns: table => new
                {
                    transfer_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    channel = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    message = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_transfer_words", x => x.transfer_id);
                });

            migrationBuilder.CreateTable(
                name: "transfers",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    leg = table.Column<short>(type: "INTEGER", nullable: false),
                    kind = table.Column<short>(type: "INTEGER", nullable: false),
                    debit_account_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    credit_account_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    debit_version = table.Column<long>(type: "INTEGER", nullable: true),
                    debit_balance_after = table.Column<long>(type: "INTEGER", nullable: true),
                    credit_version = table.Column<long>(type: "INTEGER", nullable: true),
                    credit_balance_after = table.Column<long>(type: "INTEGER", nullable: true),
                    caller_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    route = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    idempotency_key = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    payload_hash = table.Column<byte[]>(type: "BLOB", nullable: true),
                    reference = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    batch_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    posted_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_transfers", x => new { x.id, x.leg });
                    table.CheckConstraint("ck_transfers_accounts", "debit_account_id <> credit_account_id");
                    table.CheckConstraint("ck_transfers_tokens", "tokens > 0");
                });

            migrationBuilder.CreateIndex(
                name: "ix_transfers_batch",
                table: "transfers",
                column: "batch_id");

            migrationBuilder.CreateIndex(
                name: "ux_transfers_credit",
                table: "transfers",
                columns: new[] { "credit_account_id", "credit_version", "leg" },
                unique: true,
                filter: "credit_version IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_transfers_debit",
                table: "transfers",
                columns: new[] { "debit_account_id", "debit_version", "leg" },
                unique: true,
                filter: "debit_version IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_transfers_key",
                table: "transfers",
                columns: new[] { "caller_id", "route", "idempotency_key" },
                unique: true,
                filter: "idempotency_key IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "accounts");

            migrationBuilder.DropTable(
                name: "members");

            migrationBuilder.DropTable(
                name: "outbox");

            migrationBuilder.DropTable(
                name: "transfer_words");

            migrationBuilder.DropTable(
                name: "transfers");
        }
    }
}
