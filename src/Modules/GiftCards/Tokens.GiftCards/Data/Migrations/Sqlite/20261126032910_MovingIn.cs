using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tokens.GiftCards.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    internal partial class MovingIn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "source_id",
                table: "cards",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ux_cards_source",
                table: "cards",
                column: "source_id",
                unique: true,
                filter: "source_id IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ux_cards_source",
                table: "cards");

            migrationBuilder.DropColumn(
                name: "source_id",
                table: "cards");
        }
    }
}
