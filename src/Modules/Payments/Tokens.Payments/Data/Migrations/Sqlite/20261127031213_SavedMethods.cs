using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tokens.Payments.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    internal partial class SavedMethods : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "customer_id",
                table: "purchases",
                type: "TEXT",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_off_session",
                table: "purchases",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "refill_trigger",
                table: "purchases",
                type: "TEXT",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "saves_method",
                table: "purchases",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "customers",
                columns: table => new
                {
                    member_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    customer_id = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    default_method_id = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_customers", x => x.member_id);
                });

            migrationBuilder.CreateIndex(
                name: "ux_purchases_refill",
                table: "purchases",
                column: "member_id",
                unique: true,
                filter: "refill_trigger IS NOT NULL AND status IN ('created', 'processing', 'requires_action')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "customers");

            migrationBuilder.DropIndex(
                name: "ux_purchases_refill",
                table: "purchases");

            migrationBuilder.DropColumn(
                name: "customer_id",
                table: "purchases");

            migrationBuilder.DropColumn(
                name: "is_off_session",
                table: "purchases");

            migrationBuilder.DropColumn(
                name: "refill_trigger",
                table: "purchases");

            migrationBuilder.DropColumn(
                name: "saves_method",
                table: "purchases");
        }
    }
}
