using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tokens.Payments.Data.Migrations.Postgres
{
    /// <inheritdoc />
    internal sealed partial class Settlement : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "failures",
                schema: "payments",
                table: "purchases",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "is_answered",
                schema: "payments",
                table: "purchases",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "is_joinable",
                schema: "payments",
                table: "purchases",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTime>(
                name: "next_check_at",
                schema: "payments",
                table: "purchases",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "parked_reason",
                schema: "payments",
                table: "purchases",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "stripe_events",
                schema: "payments",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    type = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    payment_intent_id = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    purchase_id = table.Column<Guid>(type: "uuid", nullable: false),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    received_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    status = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    next_attempt_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    parked_reason = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    finished_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_stripe_events", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_purchases_due",
                schema: "payments",
                table: "purchases",
                column: "next_check_at",
                filter: "next_check_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_purchases_parked",
                schema: "payments",
                table: "purchases",
                column: "id",
                filter: "parked_reason IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_purchases_joinable",
                schema: "payments",
                table: "purchases",
                columns: new[] { "member_id", "route", "payload_hash" },
                unique: true,
                filter: "is_joinable");

            migrationBuilder.CreateIndex(
                name: "ix_stripe_events_due",
                schema: "payments",
                table: "stripe_events",
                column: "next_attempt_at",
                filter: "next_attempt_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_stripe_events_parked",
                schema: "payments",
                table: "stripe_events",
                column: "id",
                filter: "parked_reason IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_stripe_events_received",
                schema: "payments",
                table: "stripe_events",
                column: "received_at");

            // Purchases that were open before there was a settlement are looked at first of all.
            migrationBuilder.Sql("UPDATE payments.purchases SET next_check_at = updated_at WHERE status IN ('created', 'processing', 'requires_action')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "stripe_events",
                schema: "payments");

            migrationBuilder.DropIndex(
                name: "ix_purchases_due",
                schema: "payments",
                table: "purchases");

            migrationBuilder.DropIndex(
                name: "ix_purchases_parked",
                schema: "payments",
                table: "purchases");

            migrationBuilder.DropIndex(
                name: "ux_purchases_joinable",
                schema: "payments",
                table: "purchases");

            migrationBuilder.DropColumn(
                name: "failures",
                schema: "payments",
                table: "purchases");

            migrationBuilder.DropColumn(
                name: "is_answered",
                schema: "payments",
                table: "purchases");

            migrationBuilder.DropColumn(
                name: "is_joinable",
                schema: "payments",
                table: "purchases");

            migrationBuilder.DropColumn(
                name: "next_check_at",
                schema: "payments",
                table: "purchases");

            migrationBuilder.DropColumn(
                name: "parked_reason",
                schema: "payments",
                table: "purchases");
        }
    }
}
