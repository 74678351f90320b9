using Tokens.Host.Tests.Running;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Sessions;

/// <summary>A product whose tokens a test can make itself, with a front end on another origin.</summary>
public abstract class SessionProduct : ProductFixture
{
    internal const string Secret = "the sessions' secret of thirty-two characters or more";
    internal const string FrontEnd = "https://app.example.test";

    protected override IReadOnlyDictionary<string, string?> Settings => SettingsOf();

    internal static Dictionary<string, string?> SettingsOf() => new() { ["SUPABASE_JWT_SECRET"] = Secret, ["FRONTEND_URL"] = FrontEnd };

    internal static string TokenOf(Dictionary<string, object?> claims) => Jwt.Hs256(Secret, claims);

    /// <summary>A member's token, valid for an hour.</summary>
    internal static string Token(Guid? member = null) => TokenOf(Jwt.Claims(member));

    internal Task<Browser> OpenAsync(string? token = null, bool https = false) => Browser.OpenAsync(Product.Gateway, token ?? Token(), https);
}

public sealed class SqliteSessionProduct : SessionProduct, IAsyncLifetime
{
    protected override Task<Storage> CreateStorageAsync() => Task.FromResult(Storage.Sqlite());
}

public sealed class PostgresSessionProduct : SessionProduct, IAsyncLifetime
{
    protected override Task<Storage> CreateStorageAsync() => Storage.PostgresAsync();
}

[CollectionDefinition(Name)]
public sealed class OnSessionSqlite : ICollectionFixture<SqliteSessionProduct>
{
    public const string Name = "sessions on SQLite";
}

[CollectionDefinition(Name)]
public sealed class OnSessionPostgres : ICollectionFixture<PostgresSessionProduct>
{
    public const string Name = "sessions on PostgreSQL";
}
