using Microsoft.EntityFrameworkCore;
using Tokens.Architecture.Tests.Product;
using Tokens.Architecture.Tests.Rules;

namespace Tokens.Architecture.Tests;

public sealed class OneSchemaAModuleTests
{
    [Fact]
    public void A_context_wholly_in_its_schema_passes() => Violations("notes", "notes", noteSchema: null).ShouldBeEmpty();

    [Fact]
    public void A_table_in_another_schema_is_caught() =>
        Violations("notes", "notes", noteSchema: "wallet").Single().ShouldContain("table note lies in schema 'wallet'; it must lie in 'notes'");

    [Fact]
    public void Tables_in_the_default_schema_are_caught() =>
        Violations(null, "notes", noteSchema: null).ShouldAllBe(violation => violation.Contains("'(default)'"));

    [Fact]
    public void A_migrations_history_in_the_default_schema_is_caught() =>
        Violations("notes", null, noteSchema: null).Single().ShouldContain("migrations history lies in schema '(default)'");

    [Fact]
    public void A_context_without_tables_is_caught() =>
        OneSchemaAModule.Violations(new ModelDescription("notes", "NotesDb", [], "notes")).ShouldBe(["NotesDb maps no table."]);

    private static IReadOnlyList<string> Violations(string? defaultSchema, string? historySchema, string? noteSchema)
    {
        var options = new DbContextOptionsBuilder<NotesDb>()
            .UseNpgsql("Host=127.0.0.1", npgsql => npgsql.MigrationsHistoryTable("__ef_migrations", historySchema))
            // Each test has a model of its own under the same context type.
            .EnableServiceProviderCaching(false)
            .Options;
        using var context = new NotesDb(options, defaultSchema, noteSchema);
        return [.. OneSchemaAModule.Violations(ModelDescription.From("notes", context))];
    }

    private sealed class NotesDb(DbContextOptions<NotesDb> options, string? defaultSchema, string? noteSchema) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.HasDefaultSchema(defaultSchema);
            modelBuilder.Entity<Note>().ToTable("note", noteSchema ?? defaultSchema);
            modelBuilder.Entity<Reader>().ToTable("reader");
        }
    }

    private sealed class Note
    {
        public int Id { get; set; }
    }

    private sealed class Reader
    {
        public int Id { get; set; }
    }
}
