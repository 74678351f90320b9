using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tokens.Payments.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    internal partial class RefillPlans : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "refill_plans",
                columns: table => new
                {
                    member_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    is_enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    package_tokens = table.Column<long>(type: "INTEGER", nullable: true),
                    is_smart = table.Column<bool>(type: "INTEGER", nullable: false),
                    threshold_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    at_peak_hours = table.Column<bool>(type: "INTEGER", nullable: false),
                    before_weekends = table.Column<bool>(type: "INTEGER", nullable: false),
                    for_favorite_creators = table.Column<bool>(type: "INTEGER", nullable: false),
                    daily_limit_minor = table.Column<long>(type: "INTEGER", nullable: true),
                    monthly_limit_minor = table.Column<long>(type: "INTEGER", nullable: true),
                    time_zone = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    disabled_reason = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    declines = table.Column<int>(type: "INTEGER", nullable: false),
                    paused_until = table.Column<long>(type: "INTEGER", nullable: true),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
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
                name: "refill_plans");
        }
    }
}
