using Tokens.Testing.Products;
using Tokens.Wallet.Tests.Parts;

namespace Tokens.Wallet.Tests;

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

/// <summary>Tests in this collection share a product on SQLite with short times and small pages.</summary>
[CollectionDefinition(Name)]
public sealed class OnTunedSqlite : ICollectionFixture<TunedSqliteProduct>
{
    public const string Name = "SQLite, tuned";
}

/// <summary>Tests in this collection share a product on PostgreSQL with short times and small pages.</summary>
[CollectionDefinition(Name)]
public sealed class OnTunedPostgres : ICollectionFixture<TunedPostgresProduct>
{
    public const string Name = "PostgreSQL, tuned";
}

public abstract class TunedProduct : ProductFixture, IAsyncLifetime
{
    internal static readonly IReadOnlyDictionary<string, string?> Tuning = new Dictionary<string, string?>
    {
        ["Wallet:StreamHeartbeatSeconds"] = "1",
        ["Wallet:ExportPageSize"] = "10",
        ["BalanceCache:LifetimeSeconds"] = "1",
        ["SUPABASE_JWT_SECRET"] = SignedToken.Secret,
    };

    protected override IReadOnlyDictionary<string, string?> Settings => Tuning;
}

public sealed class TunedSqliteProduct : TunedProduct
{
    protected override Task<Storage> CreateStorageAsync() => Task.FromResult(Storage.Sqlite());
}

public sealed class TunedPostgresProduct : TunedProduct
{
    protected override Task<Storage> CreateStorageAsync() => Storage.PostgresAsync();
}
