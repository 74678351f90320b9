using Microsoft.Extensions.Configuration;
using Npgsql;
using Tokens.Platform.Storage;

namespace Tokens.Platform.Tests.Storage;

public sealed class DatabaseUrlTests
{
    [Theory]
    [InlineData("postgres://me:pass@db.example:6543/tokens", "db.example", 6543, "tokens", "me", "pass")]
    [InlineData("postgresql://me:pass@db/tokens", "db", 5432, "tokens", "me", "pass")]
    [InlineData("POSTGRES://me@db/tokens", "db", 5432, "tokens", "me", null)]
    [InlineData("postgres://db/tokens", "db", 5432, "tokens", null, null)]
    [InlineData("postgres://m%40e:p%40ss%3A%2F%25%20x@db/to%2Dkens", "db", 5432, "to-kens", "m@e", "p@ss:/% x")]
    [InlineData("postgres://me:a:b+c;d=e'f@db/tokens", "db", 5432, "tokens", "me", "a:b+c;d=e'f")]
    [InlineData("postgres://me:p%C3%A4ss@db/tokens", "db", 5432, "tokens", "me", "päss")]
    [InlineData("postgres://me:pass@[::1]:6543/tokens", "::1", 6543, "tokens", "me", "pass")]
    [InlineData("postgres://me:pass@127.0.0.1/tokens", "127.0.0.1", 5432, "tokens", "me", "pass")]
    [InlineData("Host=db;Port=6543;Database=tokens;Username=me;Password=pass", "db", 6543, "tokens", "me", "pass")]
    public void A_URL_or_an_Npgsql_string_names_the_database(
        string text, string host, int port, string database, string? user, string? password)
    {
        var connection = new NpgsqlConnectionStringBuilder(DatabaseUrl.ToConnectionString(text));

        connection.Host.ShouldBe(host);
        connection.Port.ShouldBe(port);
        connection.Database.ShouldBe(database);
        connection.Username.ShouldBe(user);
        connection.Password.ShouldBe(password);
    }

    [Theory]
    [InlineData("disable", SslMode.Disable)]
    [InlineData("require", SslMode.Require)]
    [InlineData("verify-ca", SslMode.VerifyCA)]
    [InlineData("verify-full", SslMode.VerifyFull)]
    public void The_modes_of_TLS_are_spelt_as_libpq_spells_them(string mode, SslMode expected) =>
        new NpgsqlConnectionStringBuilder(DatabaseUrl.ToConnectionString($"postgres://me:pass@db/tokens?sslmode={mode}"))
            .SslMode.ShouldBe(expected);

    [Theory]
    [InlineData("postgres://me:s3cret@db:port/tokens")]
    [InlineData("postgres://me:s3cret@db:99999/tokens")]
    [InlineData("postgres://me:s3cret@db")]
    [InlineData("postgres://me:s3cret@/tokens")]
    [InlineData("postgres://me:s3cret@db/tokens?sslmode=s3cret")]
    [InlineData("postgres://me:s3cret@db/tokens?nonsense=s3cret")]
    [InlineData("postgres://me:s3cret@db/tokens?sslmode")]
    [InlineData("mysql://me:s3cret@db/tokens")]
    [InlineData("Host=db;Password=s3cret;Nonsense=1")]
    [InlineData("Host=db;Password=s3cret;Port=many")]
    [InlineData("s3cret")]
    public void What_cannot_be_read_is_refused_without_quoting_it(string text)
    {
        var fault = Should.Throw<FormatException>(() => DatabaseUrl.ToConnectionString(text));

        fault.Message.ShouldStartWith("DATABASE_URL");
        fault.ToString().ShouldNotContain("s3cret");
    }

    [Fact]
    public void Settings_choose_the_provider_and_show_no_secret()
    {
        var sqlite = From(new() { ["DATA_DIR"] = "elsewhere", ["DATABASE_URL"] = " " });
        var postgres = From(new() { ["DATABASE_URL"] = " postgres://me:s3cret@db/tokens " });

        sqlite.Provider.ShouldBe(StorageProvider.Sqlite);
        sqlite.DataDirectory.ShouldBe(Path.GetFullPath("elsewhere"));
        sqlite.PostgresConnectionString.ShouldBeNull();
        postgres.Provider.ShouldBe(StorageProvider.Postgres);
        postgres.DataDirectory.ShouldBe(Path.GetFullPath("data"));
        postgres.ToString().ShouldBe("Postgres");
    }

    private static StorageSettings From(Dictionary<string, string?> settings) =>
        StorageSettings.From(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
}
