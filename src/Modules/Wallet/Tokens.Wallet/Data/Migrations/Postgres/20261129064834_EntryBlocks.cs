using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tokens.Wallet.Data.Migrations.Postgres
{
    /// <inheritdoc />
    internal partial class EntryBlocks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "entry_blocks",
                schema: "wallet",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    block = table.Column<long>(type: "bigint", nullable: false),
                    types = table.Column<long>(type: "bigint", nullable: false),
                    earliest_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    latest_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_entry_blocks", x => new { x.account_id, x.block });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "entry_blocks",
                schema: "wallet");
        }
    }
}
