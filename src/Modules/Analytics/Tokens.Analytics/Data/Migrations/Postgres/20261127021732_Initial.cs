using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tokens.Analytics.Data.Migrations.Postgres
{
    /// <inheritdoc />
    internal partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "analytics");

            migrationBuilder.CreateTable(
                name: "generations",
                schema: "analytics",
                columns: table => new
                {
                    id = table.Column<short>(type: "smallint", nullable: false),
                    status = table.Column<short>(type: "smallint", nullable: false),
                    started_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    last_batch_id = table.Column<Guid>(type: "uuid", nullable: true),
                    entries_read = table.Column<long>(type: "bigint", nullable: false),
                    switched_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    rows_apart = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_generations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "inbox",
                schema: "analytics",
                columns: table => new
                {
                    generation = table.Column<short>(type: "smallint", nullable: false),
                    batch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    counted_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_inbox", x => new { x.generation, x.batch_id });
                });

            migrationBuilder.CreateTable(
                name: "late_arrivals",
                schema: "analytics",
                columns: table => new
                {
                    generation = table.Column<short>(type: "smallint", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    side = table.Column<short>(type: "smallint", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_late_arrivals", x => new { x.generation, x.member_id, x.side });
                });

            migrationBuilder.CreateTable(
                name: "roll_ups",
                schema: "analytics",
                columns: table => new
                {
                    generation = table.Column<short>(type: "smallint", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    side = table.Column<short>(type: "smallint", nullable: false),
                    quarter = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    counterparty_id = table.Column<Guid>(type: "uuid", nullable: false),
                    tokens = table.Column<long>(type: "bigint", nullable: false),
                    transfers = table.Column<int>(type: "integer", nullable: false),
                    last_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_roll_ups", x => new { x.generation, x.member_id, x.side, x.quarter, x.kind, x.counterparty_id });
                });

            migrationBuilder.CreateIndex(
                name: "ux_generations_status",
                schema: "analytics",
                table: "generations",
                column: "status",
                unique: true,
                filter: "status < 3");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_counted",
                schema: "analytics",
                table: "inbox",
                column: "counted_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "generations",
                schema: "analytics");

            migrationBuilder.DropTable(
                name: "inbox",
                schema: "analytics");

            migrationBuilder.DropTable(
                name: "late_arrivals",
                schema: "analytics");

            migrationBuilder.DropTable(
                name: "roll_ups",
                schema: "analytics");
        }
    }
}
