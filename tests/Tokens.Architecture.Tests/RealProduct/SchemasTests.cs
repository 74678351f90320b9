using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Tokens.Architecture.Tests.Product;
using Tokens.Architecture.Tests.Rules;

namespace Tokens.Architecture.Tests.RealProduct;

public sealed class SchemasTests
{
    [Fact]
    public void Every_module_keeps_to_its_schema()
    {
        var contexts = ContextTypes("Postgres");
        contexts.Select(context => context.Module).ShouldContain("wallet");
        foreach (var (module, type) in contexts)
        {
            using var context = Create(type);
            OneSchemaAModule.Violations(ModelDescription.From(module, context)).ShouldBeEmpty();
        }
    }

    [Fact]
    public void Every_context_comes_in_a_pair_with_migrations_of_its_own()
    {
        var postgres = ContextTypes("Postgres");
        var sqlite = ContextTypes("Sqlite");
        postgres.ShouldNotBeEmpty();
        sqlite.Select(Stem).ShouldBe(postgres.Select(Stem), ignoreOrder: true);
        foreach (var (_, type) in postgres.Concat(sqlite))
        {
            using var context = Create(type);
            context.Database.GetMigrations().ShouldNotBeEmpty($"{type.FullName} has no migrations.");
        }

        static string Stem((string Module, Type Type) context) => context.Type.FullName!.Replace("Postgres", "").Replace("Sqlite", "");
    }

    private static IReadOnlyList<(string Module, Type Type)> ContextTypes(string provider) =>
        [.. from component in Components.All
            where component.Kind is ComponentKind.Module or ComponentKind.Platform
            from type in Components.Assembly(component).GetTypes()
            where typeof(DbContext).IsAssignableFrom(type) && type.IsSealed && type.Name.EndsWith(provider, StringComparison.Ordinal)
            select (component.Module.ToLowerInvariant(), type)];

    /// <summary>Builds a context as the migrations tool does, without a server: by the factory that stands beside it.</summary>
    private static DbContext Create(Type type)
    {
        var contract = typeof(IDesignTimeDbContextFactory<>).MakeGenericType(type);
        var factory = type.Assembly.GetTypes().SingleOrDefault(contract.IsAssignableFrom)
            ?? throw new InvalidOperationException($"{type.FullName} has no {contract.Name} for the migrations tool.");
        return (DbContext)contract.GetMethod(nameof(IDesignTimeDbContextFactory<DbContext>.CreateDbContext))!
            .Invoke(Activator.CreateInstance(factory, nonPublic: true), [Array.Empty<string>()])!;
    }
}
