using Npgsql;

namespace Tokens.Platform.Storage.Addresses;

/// <summary>
/// The parameters of <c>DATABASE_URL</c> that are not keywords of Npgsql, or mean something else here: those of libpq, and those that
/// hosting providers and other drivers add.
/// </summary>
internal static class AddressParameters
{
    private const string OwnSchemas = "each module has its own schema";
    private const string OwnPools = "Postgres:PoolSizeMax bounds the connections";
    private const string NotInDriver = "the driver has no such setting";
    private const string OneHost = "one host is named";
    private const string Writes = "must be any, primary or read-write: the product writes";

    private static readonly Dictionary<string, Action<AddressBuilder, string, string>> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["user"] = Keyword("Username"),
        ["dbname"] = Keyword("Database"),
        ["sslmode"] = SetSslMode,
        ["ssl mode"] = SetSslMode,
        ["ssl"] = SetSsl,
        ["sslrootcert"] = SetRootCertificate,
        ["sslcert"] = Keyword("SSL Certificate"),
        ["sslkey"] = Keyword("SSL Key"),
        ["sslpassword"] = Keyword("SSL Password"),
        ["sslnegotiation"] = Keyword("SSL Negotiation"),
        ["channel_binding"] = Keyword("Channel Binding"),
        ["require_auth"] = Keyword("Require Auth"),
        ["gssencmode"] = Keyword("GSS Encryption Mode"),
        ["krbsrvname"] = Keyword("Kerberos Service Name"),
        ["application_name"] = Keyword("Application Name"),
        ["fallback_application_name"] = (address, name, value) => address.Set(name, "Application Name", address.Connection.ApplicationName ?? value),
        ["connect_timeout"] = static (address, name, value) => address.SetConnectTimeout(name, value),
        ["timeout"] = static (address, name, value) => address.SetConnectTimeout(name, value),
        ["keepalives"] = (address, name, value) => address.Connection.TcpKeepAlive = IsOn(name, value),
        ["keepalives_idle"] = Keyword("TCP Keepalive Time"),
        ["keepalives_interval"] = Keyword("TCP Keepalive Interval"),
        ["statement_cache_size"] = Keyword("Max Auto Prepare"),
        ["prepared_statements"] = SetPrepared,
        ["pgbouncer"] = SetPooler,
        ["client_encoding"] = TakeEncoding,
        ["target_session_attrs"] = TakeSessionAttributes,
        ["target session attributes"] = TakeSessionAttributes,
        ["load_balance_hosts"] = Without(OneHost),
        ["load balance hosts"] = Without(OneHost),
        ["schema"] = Without(OwnSchemas),
        ["currentschema"] = Without(OwnSchemas),
        ["search_path"] = Without(OwnSchemas),
        ["connection_limit"] = Without(OwnPools),
        ["pool"] = Without(OwnPools),
        ["pool_size"] = Without(OwnPools),
        ["pool_timeout"] = Without("Postgres:ConnectTimeoutSeconds bounds the waiting for a connection"),
        ["maximum pool size"] = Without(OwnPools),
        ["max pool size"] = Without(OwnPools),
        ["maxpoolsize"] = Without(OwnPools),
        ["minimum pool size"] = Without(OwnPools),
        ["min pool size"] = Without(OwnPools),
        ["minpoolsize"] = Without(OwnPools),
        ["command timeout"] = Without("Postgres:CommandTimeoutSeconds bounds a statement"),
        ["commandtimeout"] = Without("Postgres:CommandTimeoutSeconds bounds a statement"),
        ["socket_timeout"] = Without("Postgres:CommandTimeoutSeconds bounds a statement"),
        ["keepalives_count"] = Without(NotInDriver),
        ["tcp_user_timeout"] = Without(NotInDriver),
        ["sslsni"] = Without("the server's name is always sent"),
        ["uselibpqcompat"] = Without("sslmode always means what libpq says"),
        ["supa"] = Without(NotInDriver),
        ["workaround"] = Without(NotInDriver),
    };

    /// <summary>How a parameter is taken; null for one that only Npgsql may know.</summary>
    internal static Action<AddressBuilder, string, string>? Find(string name) => Known.GetValueOrDefault(name);

    private static Action<AddressBuilder, string, string> Keyword(string keyword) => (address, name, value) => address.Set(name, keyword, value);

    private static Action<AddressBuilder, string, string> Without(string why) => (address, name, _) => address.Ignore(name, why);

    // It asks for encryption and never takes back what sslmode asks beyond it.
    private static void SetSsl(AddressBuilder address, string name, string value)
    {
        var connection = address.Connection;
        if (IsOn(name, value))
        {
            connection.SslMode = (SslMode)Math.Max((int)connection.SslMode, (int)SslMode.Require);
        }
        else if (connection.SslMode >= SslMode.Require)
        {
            throw Refusal.OfParameter(name, "contradicts sslmode");
        }
        else
        {
            connection.SslMode = SslMode.Disable;
        }
    }

    private static void SetSslMode(AddressBuilder address, string name, string value) => address.Connection.SslMode = value.ToLowerInvariant() switch
    {
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        "prefer" => SslMode.Prefer,
        // As libpq: a root certificate that is given is used.
        "require" => address.Connection.RootCertificate is null ? SslMode.Require : SslMode.VerifyCA,
        "no-verify" => SslMode.Require,
        "verify-ca" or "verifyca" => SslMode.VerifyCA,
        "verify-full" or "verifyfull" => SslMode.VerifyFull,
        _ => throw Refusal.OfParameter(name, "must be disable, allow, prefer, require, no-verify, verify-ca or verify-full"),
    };

    private static void SetRootCertificate(AddressBuilder address, string name, string value)
    {
        var connection = address.Connection;
        if (value == "system")
        {
            connection.SslMode = SslMode.VerifyFull;
            address.NeedsFullVerification = true;
            return;
        }

        address.Set(name, "Root Certificate", value);
        if (connection.SslMode == SslMode.Require)
        {
            connection.SslMode = SslMode.VerifyCA;
        }
    }

    private static void SetPrepared(AddressBuilder address, string name, string value)
    {
        if (!IsOn(name, value))
        {
            address.Connection.MaxAutoPrepare = 0;
        }
    }

    // A pooler in session mode takes no server settings at the start of a session, and resets sessions itself.
    private static void SetPooler(AddressBuilder address, string name, string value)
    {
        if (IsOn(name, value))
        {
            address.Connection.NoResetOnClose = true;
        }
    }

    private static void TakeEncoding(AddressBuilder address, string name, string value)
    {
        if (value.ToUpperInvariant() is not ("UTF8" or "UTF-8" or "UNICODE" or "AUTO"))
        {
            throw Refusal.OfParameter(name, "must be UTF8");
        }
    }

    private static void TakeSessionAttributes(AddressBuilder address, string name, string value)
    {
        if (value.ToLowerInvariant() is not ("any" or "primary" or "read-write" or "readwrite" or "prefer-primary" or "preferprimary"))
        {
            throw Refusal.OfParameter(name, Writes);
        }
    }

    private static bool IsOn(string name, string value) => value.ToLowerInvariant() switch
    {
        "true" or "1" or "on" or "yes" => true,
        "false" or "0" or "off" or "no" => false,
        _ => throw Refusal.OfParameter(name, "must be true or false"),
    };
}
