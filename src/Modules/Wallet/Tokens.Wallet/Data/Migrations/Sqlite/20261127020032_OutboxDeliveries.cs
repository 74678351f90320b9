using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tokens.Wallet.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    internal partial class OutboxDeliveries : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "outbox_deliveries",
                columns: table => new
                {
                    subscriber = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    batch_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    transfers = table.Column<int>(type: "INTEGER", nullable: false),
                    posted_at = table.Column<long>(type: "INTEGER", nullable: false),
                    failures = table.Column<int>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outbox_deliveries", x => new { x.subscriber, x.batch_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_outbox_deliveries_due",
                table: "outbox_deliveries",
                columns: new[] { "subscriber", "due_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "outbox_deliveries");
        }
    }
}
