using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tokens.GiftCards.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    internal partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "cards",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    member_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    idempotency_key = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    is_shared = table.Column<bool>(type: "INTEGER", nullable: false),
                    payload_hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    message = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    source_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    code_hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    pepper_id = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    last4 = table.Column<string>(type: "TEXT", maxLength: 4, nullable: false),
                    sealed_code = table.Column<byte[]>(type: "BLOB", maxLength: 64, nullable: true),
                    sealed_until = table.Column<long>(type: "INTEGER", nullable: true),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false),
                    issued_at = table.Column<long>(type: "INTEGER", nullable: true),
                    issued_balance = table.Column<long>(type: "INTEGER", nullable: true),
                    claim_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    redeemer_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    redeem_key = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    ended_balance = table.Column<long>(type: "INTEGER", nullable: true),
                    next_check_at = table.Column<long>(type: "INTEGER", nullable: true),
                    failures = table.Column<int>(type: "INTEGER", nullable: false),
                    parked_reason = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_cards", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "gifts",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    sender_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    recipient_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    idempotency_key = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    is_shared = table.Column<bool>(type: "INTEGER", nullable: false),
                    payload_hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    fee_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    gift_type = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    catalog_id = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    status = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: true),
                    sender_balance = table.Column<long>(type: "INTEGER", nullable: true),
                    next_check_at = table.Column<long>(type: "INTEGER", nullable: true),
                    failures = table.Column<int>(type: "INTEGER", nullable: false),
                    parked_reason = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_gifts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "redeem_failures",
                columns: table => new
                {
                    subject = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    failures = table.Column<int>(type: "INTEGER", nullable: false),
                    window_started_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_redeem_failures", x => x.subject);
                });

            migrationBuilder.CreateTable(
                name: "gift_words",
                columns: table => new
                {
                    gift_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    message = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    channel = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    gift_name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    gift_emoji = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_gift_words", x => x.gift_id);
                    table.ForeignKey(
                        name: "FK_gift_words_gifts_gift_id",
                        column: x => x.gift_id,
                        principalTable: "gifts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_cards_due",
                table: "cards",
                column: "next_check_at",
                filter: "next_check_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_cards_expiry",
                table: "cards",
                column: "expires_at",
                filter: "status = 'active'");

            migrationBuilder.CreateIndex(
                name: "ix_cards_member",
                table: "cards",
                columns: new[] { "member_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_cards_parked",
                table: "cards",
                column: "id",
                filter: "parked_reason IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_cards_sealed",
                table: "cards",
                column: "sealed_until",
                filter: "sealed_until IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_cards_code",
                table: "cards",
                column: "code_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_cards_key",
                table: "cards",
                columns: new[] { "member_id", "idempotency_key" },
                unique: true,
                filter: "idempotency_key IS NOT NULL AND status <> 'revoked'");

            migrationBuilder.CreateIndex(
                name: "ux_cards_redeem_key",
                table: "cards",
                columns: new[] { "redeemer_id", "redeem_key" },
                unique: true,
                filter: "redeem_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_cards_source",
                table: "cards",
                column: "source_id",
                unique: true,
                filter: "source_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_gifts_due",
                table: "gifts",
                column: "next_check_at",
                filter: "next_check_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_gifts_parked",
                table: "gifts",
                column: "id",
                filter: "parked_reason IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_gifts_recipient",
                table: "gifts",
                columns: new[] { "recipient_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_gifts_sender",
                table: "gifts",
                columns: new[] { "sender_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_gifts_key",
                table: "gifts",
                columns: new[] { "sender_id", "idempotency_key" },
                unique: true,
                filter: "idempotency_key IS NOT NULL AND status <> 'failed'");

            migrationBuilder.CreateIndex(
                name: "ix_redeem_failures_window",
                table: "redeem_failures",
                column: "window_started_ms");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "cards");

            migrationBuilder.DropTable(
                name: "gift_words");

            migrationBuilder.DropTable(
                name: "redeem_failures");

            migrationBuilder.DropTable(
                name: "gifts");
        }
    }
}
