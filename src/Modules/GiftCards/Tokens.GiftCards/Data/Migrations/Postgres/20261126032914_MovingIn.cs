using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tokens.GiftCards.Data.Migrations.Postgres
{
    /// <inheritdoc />
    internal partial class MovingIn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "source_id",
                schema: "giftcards",
                table: "cards",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ux_cards_source",
                schema: "giftcards",
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
                schema: "giftcards",
                table: "cards");

            migrationBuilder.DropColumn(
                name: "source_id",
                schema: "giftcards",
                table: "cards");
        }
    }
}
