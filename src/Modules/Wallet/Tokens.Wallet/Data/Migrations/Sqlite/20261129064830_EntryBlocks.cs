using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tokens.Wallet.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    internal partial class EntryBlocks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "entry_blocks",
                columns: table => new
                {
                    account_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    block = table.Column<long>(type: "INTEGER", nullable: false),
                    types = table.Column<long>(type: "INTEGER", nullable: false),
                    earliest_at = table.Column<long>(type: "INTEGER", nullable: false),
                    latest_at = table.Column<long>(type: "INTEGER", nullable: false)
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
                name: "entry_blocks");
        }
    }
}
