using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tokens.Platform.Secrets.Migrations.Sqlite
{
    /// <inheritdoc />
    internal partial class KeyRing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "key_ring",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    friendly_name = table.Column<string>(type: "TEXT", nullable: true),
                    xml = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_key_ring", x => x.id);
                });

            // The previous release goes on with its own table.
            migrationBuilder.Sql(
                "INSERT INTO key_ring (friendly_name, xml) SELECT name, xml FROM data_protection_keys ORDER BY number");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "key_ring");
        }
    }
}
