using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tokens.Payments.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    internal partial class TraceParents : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "trace_parent",
                table: "stripe_events",
                type: "TEXT",
                maxLength: 55,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "trace_parent",
                table: "purchases",
                type: "TEXT",
                maxLength: 55,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "trace_parent",
                table: "stripe_events");

            migrationBuilder.DropColumn(
                name: "trace_parent",
                table: "purchases");
        }
    }
}
