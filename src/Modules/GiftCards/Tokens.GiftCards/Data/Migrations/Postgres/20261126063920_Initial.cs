using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tokens.GiftCards.Data.Migrations.Postgres
{
    /// <inheritdoc />
    internal partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "giftcards");

            migrationBuilder.CreateTable(
                name: "cards",
                schema: "giftcards",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    idempotency_key = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    is_shared = table.Column<bool>(type: "boolean", nullable: false),
                    payload_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    tokens = table.Column<long>(type: "bigint", nullable: false),
                    message = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    source_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    code_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    pepper_id = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    last4 = table.Column<string>(type: "character varying(4)", maxLength: 4, nullable: false),
                    sealed_code = table.Column<byte[]>(type: "bytea", maxLength: 64, nullable: true),
                    sealed_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    status = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    issued_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    issued_balance = table.Column<long>(type: "bigint", nullable: true),
                    claim_id = table.Column<Guid>(type: "uuid", nullable: true),
                    redeemer_id = table.Column<Guid>(type: "uuid", nullable: true),
                    redeem_key = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ended_balance = table.Column<long>(type: "bigint", nullable: true),
                    next_check_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    parked_reason = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_cards", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "gifts",
                schema: "giftcards",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    sender_id = table.Column<Guid>(type: "uuid", nullable: false),
                    recipient_id = table.Column<Guid>(type: "uuid", nullable: false),
                    idempotency_key = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    is_shared = table.Column<bool>(type: "boolean", nullable: false),
                    payload_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    tokens = table.Column<long>(type: "bigint", nullable: false),
                    fee_tokens = table.Column<long>(type: "bigint", nullable: false),
                    gift_type = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    catalog_id = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    status = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    sent_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    sender_balance = table.Column<long>(type: "bigint", nullable: true),
                    next_check_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    parked_reason = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_gifts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "redeem_failures",
                schema: "giftcards",
                columns: table => new
                {
                    subject = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    window_started_ms = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_redeem_failures", x => x.subject);
                });

            migrationBuilder.CreateTable(
                name: "gift_words",
                schema: "giftcards",
                columns: table => new
                {
                    gift_id = table.Column<Guid>(type: "uuid", nullable: false),
                    message = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    channel = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    gift_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    gift_emoji = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_gift_words", x => x.gift_id);
                    table.ForeignKey(
                        name: "FK_gift_words_gifts_gift_id",
                        column: x => x.gift_id,
                        principalSchema: "giftcards",
                        principalTable: "gifts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_cards_due",
                schema: "giftcards",
                table: "cards",
                column: "next_check_at",
                filter: "next_check_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_cards_expiry",
                schema: "giftcards",
                table: "cards",
                column: "expires_at",
                filter: "status = 'active'");

            migrationBuilder.CreateIndex(
                name: "ix_cards_member",
                schema: "giftcards",
                table: "cards",
                columns: new[] { "member_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_cards_parked",
                schema: "giftcards",
                table: "cards",
                column: "id",
                filter: "parked_reason IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_cards_sealed",
                schema: "giftcards",
                table: "cards",
                column: "sealed_until",
                filter: "sealed_until IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_cards_code",
                schema: "giftcards",
                table: "cards",
                column: "code_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_cards_key",
                schema: "giftcards",
                table: "cards",
                columns: new[] { "member_id", "idempotency_key" },
                unique: true,
                filter: "idempotency_key IS NOT NULL AND status <> 'revoked'");

            migrationBuilder.CreateIndex(
                name: "ux_cards_redeem_key",
                schema: "giftcards",
                table: "cards",
                columns: new[] { "redeemer_id", "redeem_key" },
                unique: true,
                filter: "redeem_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_cards_source",
                schema: "giftcards",
                table: "cards",
                column: "source_id",
                unique: true,
                filter: "source_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_gifts_due",
                schema: "giftcards",
                table: "gifts",
                column: "next_check_at",
                filter: "next_check_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_gifts_parked",
                schema: "giftcards",
                table: "gifts",
                column: "id",
                filter: "parked_reason IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_gifts_recipient",
                schema: "giftcards",
                table: "gifts",
                columns: new[] { "recipient_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_gifts_sender",
                schema: "giftcards",
                table: "gifts",
                columns: new[] { "sender_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_gifts_key",
                schema: "giftcards",
                table: "gifts",
                columns: new[] { "sender_id", "idempotency_key" },
                unique: true,
                filter: "idempotency_key IS NOT NULL AND status <> 'failed'");

            migrationBuilder.CreateIndex(
                name: "ix_redeem_failures_window",
                schema: "giftcards",
                table: "redeem_failures",
                column: "window_started_ms");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "cards",
                schema: "giftcards");

            migrationBuilder.DropTable(
                name: "gift_words",
                schema: "giftcards");

            migrationBuilder.DropTable(
                name: "redeem_failures",
                schema: "giftcards");

            migrationBuilder.DropTable(
                name: "gifts",
                schema: "giftcards");
        }
    }
}
