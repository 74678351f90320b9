using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tokens.Wallet.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    internal partial class TraceParents : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "trace_parent",
                table: "outbox_deliveries",
                type: "TEXT",
                maxLength: 55,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "trace_parent",
                table: "outbox",
                type: "TEXT",
                maxLength: 55,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "trace_parent",
                table: "outbox_deliveries");

            migrationBuilder.DropColumn(
                name: "trace_parent",
                table: "outbox");
        }
    }
}
