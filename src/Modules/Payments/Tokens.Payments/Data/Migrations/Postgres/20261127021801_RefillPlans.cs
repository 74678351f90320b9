using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tokens.Payments.Data.Migrations.Postgres
{
    /// <inheritdoc />
    internal partial class RefillPlans : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "refill_plans",
                schema: "payments",
                columns: table => new
                {
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    is_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    package_tokens = table.Column<long>(type: "bigint", nullable: true),
                    is_smart = table.Column<bool>(type: "boolean", nullable: false),
                    threshold_tokens = table.Column<long>(type: "bigint", nullable: false),
                    at_peak_hours = table.Column<bool>(type: "boolean", nullable: false),
                    before_weekends = table.Column<bool>(type: "boolean", nullable: false),
                    for_favorite_creators = table.Column<bool>(type: "boolean", nullable: false),
                    daily_limit_minor = table.Column<long>(type: "bigint", nullable: true),
                    monthly_limit_minor = table.Column<long>(type: "bigint", nullable: true),
                    time_zone = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    disabled_reason = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    declines = table.Column<int>(type: "integer", nullable: false),
                    paused_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_refill_plans", x => x.member_id);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "refill_plans",
                schema: "payments");
        }
    }
}
