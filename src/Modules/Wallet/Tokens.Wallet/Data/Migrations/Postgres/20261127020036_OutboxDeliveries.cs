using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tokens.Wallet.Data.Migrations.Postgres
{
    /// <inheritdoc />
    internal partial class OutboxDeliveries : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "outbox_deliveries",
                schema: "wallet",
                columns: table => new
                {
                    subscriber = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    batch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    transfers = table.Column<int>(type: "integer", nullable: false),
                    posted_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    due_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outbox_deliveries", x => new { x.subscriber, x.batch_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_outbox_deliveries_due",
                schema: "wallet",
                table: "outbox_deliveries",
                columns: new[] { "subscriber", "due_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "outbox_deliveries",
                schema: "wallet");
        }
    }
}
