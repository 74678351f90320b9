using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tokens.Wallet.Data.Migrations.Postgres
{
    /// <inheritdoc />
    internal sealed partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "wallet");

            migrationBuilder.CreateTable(
                name: "accounts",
                schema: "wallet",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    system_name = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    balance_tokens = table.Column<long>(type: "bigint", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    debt_tokens = table.Column<long>(type: "bigint", nullable: false),
                    purchased_tokens = table.Column<long>(type: "bigint", nullable: false),
                    spent_tokens = table.Column<long>(type: "bigint", nullable: false),
                    earned_tokens = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts", x => x.id);
                    table.CheckConstraint("ck_accounts_balance", "system_name IS NOT NULL OR balance_tokens >= 0");
                    table.CheckConstraint("ck_accounts_debt", "debt_tokens >= 0");
                });

            migrationBuilder.CreateTable(
                name: "members",
                schema: "wallet",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    display_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    is_creator = table.Column<bool>(type: "boolean", nullable: false),
                    said_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    said_by_directory = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_members", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                schema: "wallet",
                columns: table => new
                {
                    batch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    transfers = table.Column<int>(type: "integer", nullable: false),
                    posted_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outbox", x => x.batch_id);
                });

            migrationBuilder.CreateTable(
                name: "transfer_words",
                schema: "wallet",
                columns: table => new
                {
                    transfer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    channel = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    message = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_transfer_words", x => x.transfer_id);
                });

            migrationBuilder.CreateTable(
                name: "transfers",
                schema: "wallet",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    leg = table.Column<short>(type: "smallint", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    debit_account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    credit_account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    tokens = table.Column<long>(type: "bigint", nullable: false),
                    debit_version = table.Column<long>(type: "bigint", nullable: true),
                    debit_balance_after = table.Column<long>(type: "bigint", nullable: true),
                    credit_version = table.Column<long>(type: "bigint", nullable: true),
                    credit_balance_after = table.Column<long>(type: "bigint", nullable: true),
                    caller_id = table.Column<Guid>(type: "uuid", nullable: false),
                    route = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    idempotency_key = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    payload_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    reference = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    batch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    posted_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_transfers", x => new { x.id, x.leg });
                    table.CheckConstraint("ck_transfers_accounts", "debit_account_id <> credit_account_id");
                    table.CheckConstraint("ck_transfers_tokens", "tokens > 0");
                });

            migrationBuilder.CreateIndex(
                name: "ix_transfers_batch",
                schema: "wallet",
                table: "transfers",
                column: "batch_id");

            migrationBuilder.CreateIndex(
                name: "ux_transfers_credit",
                schema: "wallet",
                table: "transfers",
                columns: new[] { "credit_account_id", "credit_version", "leg" },
                unique: true,
                filter: "credit_version IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_transfers_debit",
                schema: "wallet",
                table: "transfers",
                columns: new[] { "debit_account_id", "debit_version", "leg" },
                unique: true,
                filter: "debit_version IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_transfers_key",
                schema: "wallet",
                table: "transfers",
                columns: new[] { "caller_id", "route", "idempotency_key" },
                unique: true,
                filter: "idempotency_key IS NOT NULL");

            // Balances are updated all the time: room in each page keeps those updates off the index.
            migrationBuilder.Sql("ALTER TABLE wallet.accounts SET (fillfactor = 50)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "accounts",
                schema: "wallet");

            migrationBuilder.DropTable(
                name: "members",
                schema: "wallet");

            migrationBuilder.DropTable(
                name: "outbox",
                schema: "wallet");

            migrationBuilder.DropTable(
                name: "transfer_words",
                schema: "wallet");

            migrationBuilder.DropTable(
                name: "transfers",
                schema: "wallet");
        }
    }
}
