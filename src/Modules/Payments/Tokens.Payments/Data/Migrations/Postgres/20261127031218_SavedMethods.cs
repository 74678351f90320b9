using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tokens.Payments.Data.Migrations.Postgres
{
    /// <inheritdoc />
    internal partial class SavedMethods : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "customer_id",
                schema: "payments",
                table: "purchases",
                type: "character varying(255)",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_off_session",
                schema: "payments",
                table: "purchases",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "refill_trigger",
                schema: "payments",
                table: "purchases",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "saves_method",
                schema: "payments",
                table: "purchases",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "customers",
                schema: "payments",
                columns: table => new
                {
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    default_method_id = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_customers", x => x.member_id);
                });

            migrationBuilder.CreateIndex(
                name: "ux_purchases_refill",
                schema: "payments",
                table: "purchases",
                column: "member_id",
                unique: true,
                filter: "refill_trigger IS NOT NULL AND status IN ('created', 'processing', 'requires_action')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "customers",
                schema: "payments");

            migrationBuilder.DropIndex(
                name: "ux_purchases_refill",
                schema: "payments",
                table: "purchases");

            migrationBuilder.DropColumn(
                name: "customer_id",
                schema: "payments",
                table: "purchases");

            migrationBuilder.DropColumn(
                name: "is_off_session",
                schema: "payments",
                table: "purchases");

            migrationBuilder.DropColumn(
                name: "refill_trigger",
                schema: "payments",
                table: "purchases");

            migrationBuilder.DropColumn(
                name: "saves_method",
                schema: "payments",
                table: "purchases");
        }
    }
}
