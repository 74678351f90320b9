using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tokens.Payments.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    internal partial class RefillLimits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "paused_method_id",
                table: "refill_plans",
                type: "TEXT",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "zone_change_date",
                table: "refill_plans",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "zone_change_day_start",
                table: "refill_plans",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "zone_change_effective_at",
                table: "refill_plans",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "zone_change_month_start",
                table: "refill_plans",
                type: "INTEGER",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "paused_method_id",
                table: "refill_plans");

            migrationBuilder.DropColumn(
                name: "zone_change_date",
                table: "refill_plans");

            migrationBuilder.DropColumn(
                name: "zone_change_day_start",
                table: "refill_plans");

            migrationBuilder.DropColumn(
                name: "zone_change_effective_at",
                table: "refill_plans");

            migrationBuilder.DropColumn(
                name: "zone_change_month_start",
                table: "refill_plans");
        }
    }
}
