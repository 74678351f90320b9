using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tokens.Analytics.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    internal partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "generations",
                columns: table => new
                {
                    id = table.Column<short>(type: "INTEGER", nullable: false),
                    status = table.Column<short>(type: "INTEGER", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    last_batch_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    entries_read = table.Column<long>(type: "INTEGER", nullable: false),
                    switched_at = table.Column<long>(type: "INTEGER", nullable: true),
                    rows_apart = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_generations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "inbox",
                columns: table => new
                {
                    generation = table.Column<short>(type: "INTEGER", nullable: false),
                    batch_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    counted_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_inbox", x => new { x.generation, x.batch_id });
                });

            migrationBuilder.CreateTable(
                name: "late_arrivals",
                columns: table => new
                {
                    generation = table.Column<short>(type: "INTEGER", nullable: false),
                    member_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    side = table.Column<short>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_late_arrivals", x => new { x.generation, x.member_id, x.side });
                });

            migrationBuilder.CreateTable(
                name: "roll_ups",
                columns: table => new
                {
                    generation = table.Column<short>(type: "INTEGER", nullable: false),
                    member_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    side = table.Column<short>(type: "INTEGER", nullable: false),
                    quarter = table.Column<int>(type: "INTEGER", nullable: false),
                    kind = table.Column<short>(type: "INTEGER", nullable: false),
                    counterparty_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    transfers = table.Column<int>(type: "INTEGER", nullable: false),
                    last_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_roll_ups", x => new { x.generation, x.member_id, x.side, x.quarter, x.kind, x.counterparty_id });
                });

            migrationBuilder.CreateIndex(
                name: "ux_generations_status",
                table: "generations",
                column: "status",
                unique: true,
                filter: "status < 3");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_counted",
                table: "inbox",
                column: "counted_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "generations");

            migrationBuilder.DropTable(
                name: "inbox");

            migrationBuilder.DropTable(
                name: "late_arrivals");

            migrationBuilder.DropTable(
                name: "roll_ups");
        }
    }
}
