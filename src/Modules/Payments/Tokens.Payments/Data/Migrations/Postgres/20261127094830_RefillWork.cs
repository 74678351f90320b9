using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tokens.Payments.Data.Migrations.Postgres
{
    /// <inheritdoc />
    internal partial class RefillWork : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "check_at",
                schema: "payments",
                table: "refill_plans",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "last_started_at",
                schema: "payments",
                table: "refill_plans",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "smart_check_at",
                schema: "payments",
                table: "refill_plans",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_refill_plans_check",
                schema: "payments",
                table: "refill_plans",
                column: "check_at",
                filter: "check_at IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_refill_plans_check",
                schema: "payments",
                table: "refill_plans");

            migrationBuilder.DropColumn(
                name: "check_at",
                schema: "payments",
                table: "refill_plans");

            migrationBuilder.DropColumn(
                name: "last_started_at",
                schema: "payments",
                table: "refill_plans");

            migrationBuilder.DropColumn(
                name: "smart_check_at",
                schema: "payments",
                table: "refill_plans");
        }
    }
}
