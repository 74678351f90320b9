using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tokens.Payments.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    internal partial class RefillWork : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "check_at",
                table: "refill_plans",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "last_started_at",
                table: "refill_plans",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "smart_check_at",
                table: "refill_plans",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_refill_plans_check",
                table: "refill_plans",
                column: "check_at",
                filter: "check_at IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_refill_plans_check",
                table: "refill_plans");

            migrationBuilder.DropColumn(
                name: "check_at",
                table: "refill_plans");

            migrationBuilder.DropColumn(
                name: "last_started_at",
                table: "refill_plans");

            migrationBuilder.DropColumn(
                name: "smart_check_at",
                table: "refill_plans");
        }
    }
}
