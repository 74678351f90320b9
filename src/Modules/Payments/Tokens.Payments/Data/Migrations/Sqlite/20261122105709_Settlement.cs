using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tokens.Payments.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    internal sealed partial class Settlement : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "failures",
                table: "purchases",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "is_answered",
                table: "purchases",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "is_joinable",
                table: "purchases",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "next_check_at",
                table: "purchases",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "parked_reason",
                table: "purchases",
                type: "TEXT",
                maxLength: 32,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "stripe_events",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    type = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    payment_intent_id = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    purchase_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    amount_minor = table.Column<long>(type: "INTEGER", nullable: false),
                    currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    failures = table.Column<int>(type: "INTEGER", nullable: false),
                    next_attempt_at = table.Column<long>(type: "INTEGER", nullable: true),
                    parked_reason = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_stripe_events", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_purchases_due",
                table: "purchases",
                column: "next_check_at",
                filter: "next_check_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_purchases_parked",
                table: "purchases",
                column: "id",
                filter: "parked_reason IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_purchases_joinable",
                table: "purchases",
                columns: new[] { "member_id", "route", "payload_hash" },
                unique: true,
                filter: "is_joinable");

            migrationBuilder.CreateIndex(
                name: "ix_stripe_events_due",
                table: "stripe_events",
                column: "next_attempt_at",
                filter: "next_attempt_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_stripe_events_parked",
                table: "stripe_events",
                column: "id",
                filter: "parked_reason IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_stripe_events_received",
                table: "stripe_events",
                column: "received_at");

            // Purchases that were open before there was a settlement are looked at first of all.
            migrationBuilder.Sql("UPDATE purchases SET next_check_at = updated_at WHERE status IN ('created', 'processing', 'requires_action')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "stripe_events");

            migrationBuilder.DropIndex(
                name: "ix_purchases_due",
                table: "purchases");

            migrationBuilder.DropIndex(
                name: "ix_purchases_parked",
                table: "purchases");

            migrationBuilder.DropIndex(
                name: "ux_purchases_joinable",
                table: "purchases");

            migrationBuilder.DropColumn(
                name: "failures",
                table: "purchases");

            migrationBuilder.DropColumn(
                name: "is_answered",
                table: "purchases");

            migrationBuilder.DropColumn(
                name: "is_joinable",
                table: "purchases");

            migrationBuilder.DropColumn(
                name: "next_check_at",
                table: "purchases");

            migrationBuilder.DropColumn(
                name: "parked_reason",
                table: "purchases");
        }
    }
}
