using Microsoft.Extensions.Configuration;
using Npgsql;
using Tokens.Platform.Storage;

namespace Tokens.Platform.Tests.Storage;

public sealed class DatabaseUrlTests
{
    private const string Url = "postgres://me:s3cret@db/tokens?";
    private const string Keywords = "Host=db;Username=me;Password=s3cret;Database=tokens;";

    /// <summary>A parameter with its value, and the keyword of Npgsql that it becomes.</summary>
    public static TheoryData<string, string, string> Meanings => new()
    {
        { "sslmode=require", "SSL Mode", "Require" },
        { "sslmode=no-verify", "SSL Mode", "Require" },
        { "SSLMODE=Require", "SSL Mode", "Require" },
        { "ssl=true", "SSL Mode", "Require" },
        { "ssl=false", "SSL Mode", "Disable" },
        { "sslrootcert=/etc/ca.pem", "Root Certificate", "/etc/ca.pem" },
        { "sslrootcert=system", "SSL Mode", "VerifyFull" },
        { "sslcert=/etc/me.pem", "SSL Certificate", "/etc/me.pem" },
        { "sslkey=/etc/me.key", "SSL Key", "/etc/me.key" },
        { "sslnegotiation=postgres", "SSL Negotiation", "Postgres" },
        { "channel_binding=require", "Channel Binding", "Require" },
        { "channel_binding=disable", "Channel Binding", "Disable" },
        { "gssencmode=disable", "GSS Encryption Mode", "Disable" },
        { "application_name=shop", "Application Name", "shop" },
        { "fallback_application_name=shop", "Application Name", "shop" },
        { "connect_timeout=10", "Timeout", "10" },
        { "Timeout=10", "Timeout", "10" },
        { "keepalives=1", "TCP Keepalive", "True" },
        { "keepalives_idle=30", "TCP Keepalive Time", "30" },
        { "pgbouncer=true", "No Reset On Close", "True" },
        { "No Reset On Close=true", "No Reset On Close", "True" },
        { "prepared_statements=false", "Max Auto Prepare", "0" },
        { "statement_cache_size=0", "Max Auto Prepare", "0" },
        { "Max Auto Prepare=0", "Max Auto Prepare", "0" },
        { "options=-c statement_timeout=5000", "Options", "-c statement_timeout=5000" },
        { "host=/var/run/postgresql", "Host", "/var/run/postgresql" },
        { "port=6543", "Port", "6543" },
        { "user=other", "Username", "other" },
        { "Keepalive=20", "Keepalive", "20" },
    };

    [Theory]
    [InlineData("sslmode=verify-full&ssl=true")]
    [InlineData("ssl=true&sslmode=verify-full")]
    [InlineData("sslrootcert=system&ssl=true")]
    public void What_asks_for_encryption_takes_no_verification_back(string parameters) =>
        DatabaseUrl.ToConnectionString(Url + parameters).ShouldContain("SSL Mode=VerifyFull");

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
    [InlineData("postgres://me:p@ss@db:/tokens", "db", 5432, "tokens", "me", "p@ss")]
    [InlineData("postgres://me:100%@db/tokens", "db", 5432, "tokens", "me", "100%")]
    [InlineData("postgres://postgres.abcd:pass@aws-0.pooler.supabase.com:5432/postgres", "aws-0.pooler.supabase.com", 5432, "postgres", "postgres.abcd", "pass")]
    [InlineData("postgres://me:pass@[2001:db8::7]/tokens", "2001:db8::7", 5432, "tokens", "me", "pass")]
    [InlineData("postgres://me@%2Fvar%2Frun%2Fpostgresql/tokens", "/var/run/postgresql", 5432, "tokens", "me", null)]
    [InlineData("postgres:///tokens?host=/var/run/postgresql&user=me", "/var/run/postgresql", 5432, "tokens", "me", null)]
    [InlineData("postgres://me:pass@/tokens?host=/var/run/postgresql&port=6543", "/var/run/postgresql", 6543, "tokens", "me", "pass")]
    [InlineData("Host=db;Port=6543;Database=tokens;Username=me;Password=pass", "db", 6543, "tokens", "me", "pass")]
    [InlineData("Server=db;User Id=me;Password='pa;ss'", "db", 5432, null, "me", "pa;ss")]
    public void A_URL_or_an_Npgsql_string_names_the_database(
        string text, string host, int port, string? database, string? user, string? password)
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
    [InlineData("sslmode=require&sslrootcert=/etc/ca.pem")]
    [InlineData("sslrootcert=/etc/ca.pem&sslmode=require")]
    public void A_root_certificate_is_used_as_libpq_uses_it(string parameters) =>
        new NpgsqlConnectionStringBuilder(DatabaseUrl.ToConnectionString(Url + parameters)).SslMode.ShouldBe(SslMode.VerifyCA);

    [Theory]
    [MemberData(nameof(Meanings))]
    public void A_parameter_with_a_meaning_is_taken_in_both_forms(string parameter, string keyword, string expected)
    {
        foreach (var text in new[] { Url + Uri.EscapeDataString(parameter).Replace("%3D", "=", StringComparison.Ordinal), Keywords + parameter })
        {
            var address = DatabaseUrl.Read(text);

            address.Warnings.ShouldBeEmpty();
            new NpgsqlConnectionStringBuilder(address.ConnectionString)[keyword]!.ToString().ShouldBe(expected, text);
        }
    }

    [Theory]
    [InlineData("schema=public")]
    [InlineData("search_path=public")]
    [InlineData("connection_limit=1")]
    [InlineData("pool_timeout=0")]
    [InlineData("Maximum Pool Size=5")]
    [InlineData("Minimum Pool Size=5")]
    [InlineData("Command Timeout=5")]
    [InlineData("connect_timeout=0")]
    [InlineData("connect_timeout=300")]
    [InlineData("keepalives_count=3")]
    [InlineData("keepalives_interval=3")]
    [InlineData("tcp_user_timeout=3")]
    [InlineData("supa=base-pooler.x")]
    [InlineData("load_balance_hosts=random")]
    public void A_parameter_without_effect_is_named_in_a_warning(string parameter)
    {
        foreach (var text in new[] { Url + parameter, Keywords + parameter })
        {
            var address = DatabaseUrl.Read(text);

            address.Warnings.ShouldHaveSingleItem().ShouldStartWith(
                $"DATABASE_URL: the parameter '{parameter.Split('=')[0]}' has no effect: ", Case.Insensitive);
            address.Warnings[0].ShouldNotContain("s3cret");
        }
    }

    [Theory]
    [InlineData("pgbouncer=false")]
    [InlineData("prepared_statements=true")]
    [InlineData("target_session_attrs=read-write")]
    [InlineData("target_session_attrs=any")]
    [InlineData("Target Session Attributes=primary")]
    [InlineData("client_encoding=utf8")]
    public void A_parameter_that_asks_for_what_holds_anyway_changes_nothing(string parameter)
    {
        var address = DatabaseUrl.Read(Keywords + parameter);

        address.Warnings.ShouldBeEmpty();
        address.ConnectionString.ShouldBe(DatabaseUrl.ToConnectionString(Keywords));
    }

    [Fact]
    public void Hosting_providers_addresses_are_taken_as_they_are()
    {
        DatabaseUrl.Read("postgresql://me:s3cret@ep-cool-1.eu.aws.neon.tech/neondb?sslmode=require&channel_binding=require").Warnings.ShouldBeEmpty();
        DatabaseUrl.Read("postgres://postgres.ab:s3cret@aws-0.pooler.supabase.com:5432/postgres?sslmode=require&supa=base-pooler.x").Warnings.Count.ShouldBe(1);
        DatabaseUrl.Read("postgresql://me:s3cret@db:25060/defaultdb?sslmode=require&pgbouncer=true&connection_limit=1&schema=public").Warnings.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("nonsense=s3cret", "'nonsense' is not known")]
    [InlineData("sslmode=s3cret", "'sslmode' must be")]
    [InlineData("sslmode=", "'sslmode'")]
    [InlineData("channel_binding=s3cret", "'channel_binding'")]
    [InlineData("port=s3cret", "'port'")]
    [InlineData("connect_timeout=s3cret", "'connect_timeout'")]
    [InlineData("pgbouncer=s3cret", "'pgbouncer' must be")]
    [InlineData("target_session_attrs=standby", "'target_session_attrs' must be")]
    [InlineData("target_session_attrs=read-only", "'target_session_attrs' must be")]
    [InlineData("client_encoding=latin1", "'client_encoding' must be")]
    [InlineData("host=a,b", "several hosts")]
    [InlineData("sslnegotiation=direct", "'sslnegotiation' can be direct only with sslmode=require")]
    [InlineData("hostaddr=10.0.0.1", "'hostaddr' is not known")]
    [InlineData("service=s3cret", "'service' is not known")]
    public void A_parameter_that_is_refused_is_named(string parameter, string sentence)
    {
        Refusal(Url + parameter).ShouldContain(sentence);
        if (!parameter.EndsWith('='))
        {
            Refusal(Keywords + parameter).ShouldContain(sentence);
        }
    }

    [Theory]
    [InlineData("sslmode=require&ssl=false", "'ssl' contradicts sslmode")]
    [InlineData("sslrootcert=system&sslmode=require", "'sslrootcert' can be system only with sslmode=verify-full")]
    public void Parameters_of_encryption_that_contradict_each_other_are_refused(string parameters, string sentence)
    {
        Refusal(Url + parameters).ShouldContain(sentence);
        Refusal(Keywords + parameters.Replace('&', ';')).ShouldContain(sentence);
    }

    [Theory]
    [InlineData("postgres://me:s3cret@db:port/tokens", "port")]
    [InlineData("postgres://me:s3cret@db:99999/tokens", "port")]
    [InlineData("postgres://me:s3cret@db", "database's name")]
    [InlineData("postgres://me:s3cret@/tokens", "host")]
    [InlineData("postgres://me:s3cret@a:5432,b:5432/tokens", "several hosts")]
    [InlineData("Host=a,b;Password=s3cret", "several hosts")]
    [InlineData("postgres://me:s3cret@::1/tokens", "brackets")]
    [InlineData("postgres://me:s3/cret@db/tokens", "percent-encoded")]
    [InlineData("postgres://me:s3?cret@db/tokens", "percent-encoded")]
    [InlineData("postgres://me:s3#cret@db/tokens", "percent-encoded")]
    [InlineData("postgres://me:p@s?s3cret=x@db/tokens", "percent-encoded")]
    [InlineData("postgres://me:pass@db/tokens?s3cret=x", "a parameter is not known")]
    [InlineData("postgres://me:s3cret@db/tokens?sslmode", "sslmode")]
    [InlineData("mysql://me:s3cret@db/tokens", "expected postgres://")]
    [InlineData("Username=me;Password=s3cret", "host")]
    [InlineData("Host=db;Password=s3cret;Nonsense=1", "'nonsense'")]
    [InlineData("Host=db;Password=s3cret;Port=many", "'port'")]
    [InlineData("Host=db;Password=s3cret;SSL Mode=Require;Root Certificate=/etc/ca.pem;SSL Negotiation=x", "'ssl negotiation'")]
    [InlineData("s3cret", "expected postgres://")]
    public void What_cannot_be_read_is_refused_without_quoting_it(string text, string sentence) => Refusal(text).ShouldContain(sentence);

    [Fact]
    public void Settings_choose_the_provider_and_show_no_secret()
    {
        var sqlite = From(new() { ["DATA_DIR"] = "elsewhere", ["DATABASE_URL"] = " " });
        var postgres = From(new() { ["DATABASE_URL"] = " postgres://me:s3cret@db/tokens?schema=public " });

        sqlite.Provider.ShouldBe(StorageProvider.Sqlite);
        sqlite.DataDirectory.ShouldBe(Path.GetFullPath("elsewhere"));
        sqlite.PostgresConnectionString.ShouldBeNull();
        postgres.Provider.ShouldBe(StorageProvider.Postgres);
        postgres.DataDirectory.ShouldBe(Path.GetFullPath("data"));
        postgres.ToString().ShouldBe("Postgres");
        postgres.Warnings.ShouldHaveSingleItem().ShouldContain("'schema'");
    }

    private static string Refusal(string text)
    {
        var fault = Should.Throw<FormatException>(() => DatabaseUrl.ToConnectionString(text), text);

        fault.Message.ShouldStartWith("DATABASE_URL");
        // In parts too: a password that is not encoded may be torn.
        fault.ToString().ShouldNotContain("s3");
        fault.ToString().ShouldNotContain("cret");
        return fault.Message;
    }

    private static StorageSettings From(Dictionary<string, string?> settings) =>
        StorageSettings.From(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
}
