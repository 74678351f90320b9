using Tokens.Testing.Products;

namespace Tokens.GiftCards.Tests;

/// <summary>Tests in this collection share one product on SQLite and run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class OnSqlite : ICollectionFixture<SqliteProduct>
{
    public const string Name = "SQLite";
}

/// <summary>Tests in this collection share one product on PostgreSQL and run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class OnPostgres : ICollectionFixture<PostgresProduct>
{
    public const string Name = "PostgreSQL";
}
