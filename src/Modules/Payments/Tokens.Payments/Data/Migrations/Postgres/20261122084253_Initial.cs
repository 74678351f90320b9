using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tokens.Payments.Data.Migrations.Postgres
{
    /// <inheritdoc />
    internal sealed partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "payments");

            migrationBuilder.CreateTable(
                name: "purchases",
                schema: "payments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    route = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    idempotency_key = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    payload_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    tokens = table.Column<long>(type: "bigint", nullable: false),
                    bonus_tokens = table.Column<long>(type: "bigint", nullable: false),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    payment_method_id = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    payment_intent_id = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    create_attempt = table.Column<int>(type: "integer", nullable: false),
                    confirm_attempt = table.Column<int>(type: "integer", nullable: false),
                    decline_code = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    stripe_code = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    transfer_id = table.Column<Guid>(type: "uuid", nullable: true),
                    new_balance = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    finished_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    claimed_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_purchases", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ux_purchases_key",
                schema: "payments",
                table: "purchases",
                columns: new[] { "member_id", "route", "idempotency_key" },
                unique: true,
                filter: "idempotency_key IS NOT NULL AND status NOT IN ('declined', 'cancelled')");

            migrationBuilder.CreateIndex(
                name: "ux_purchases_payment_intent",
                schema: "payments",
                table: "purchases",
                column: "payment_intent_id",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "purchases",
                schema: "payments");
        }
    }
}
