using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tokens.Payments.Data.Migrations.Postgres
{
    /// <inheritdoc />
    internal partial class RefillLimits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "paused_method_id",
                schema: "payments",
                table: "refill_plans",
                type: "character varying(255)",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "zone_change_date",
                schema: "payments",
                table: "refill_plans",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "zone_change_day_start",
                schema: "payments",
                table: "refill_plans",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "zone_change_effective_at",
                schema: "payments",
                table: "refill_plans",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "zone_change_month_start",
                schema: "payments",
                table: "refill_plans",
                type: "timestamp with time zone",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "paused_method_id",
                schema: "payments",
                table: "refill_plans");

            migrationBuilder.DropColumn(
                name: "zone_change_date",
                schema: "payments",
                table: "refill_plans");

            migrationBuilder.DropColumn(
                name: "zone_change_day_start",
                schema: "payments",
                table: "refill_plans");

            migrationBuilder.DropColumn(
                name: "zone_change_effective_at",
                schema: "payments",
                table: "refill_plans");

            migrationBuilder.DropColumn(
                name: "zone_change_month_start",
                schema: "payments",
                table: "refill_plans");
        }
    }
}
