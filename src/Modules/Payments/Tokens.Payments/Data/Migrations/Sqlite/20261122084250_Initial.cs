using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tokens.Payments.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    internal sealed partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "purchases",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    member_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    route = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    idempotency_key = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    payload_hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    bonus_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    amount_minor = table.Column<long>(type: "INTEGER", nullable: false),
                    currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    payment_method_id = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    payment_intent_id = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    create_attempt = table.Column<int>(type: "INTEGER", nullable: false),
                    confirm_attempt = table.Column<int>(type: "INTEGER", nullable: false),
                    decline_code = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    stripe_code = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    transfer_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    new_balance = table.Column<long>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true),
                    claimed_until = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_purchases", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ux_purchases_key",
                table: "purchases",
                columns: new[] { "member_id", "route", "idempotency_key" },
                unique: true,
                filter: "idempotency_key IS NOT NULL AND status NOT IN ('declined', 'cancelled')");

            migrationBuilder.CreateIndex(
                name: "ux_purchases_payment_intent",
                table: "purchases",
                column: "payment_intent_id",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "purchases");
        }
    }
}
