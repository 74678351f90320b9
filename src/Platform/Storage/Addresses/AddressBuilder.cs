using System.Globalization;
using Npgsql;

namespace Tokens.Platform.Storage.Addresses;

/// <summary>Collects parameters under the names that libpq, hosting providers and Npgsql give them.</summary>
internal sealed class AddressBuilder
{
    private const int ConnectTimeoutSecondsMax = 60;

    private readonly List<string> _warnings = [];

    internal NpgsqlConnectionStringBuilder Connection { get; } = new();

    /// <summary>Whether the certificates of the system are to be used, which anyone may have: only the server's name makes them safe.</summary>
    internal bool NeedsFullVerification { get; set; }

    /// <summary>Takes one parameter.</summary>
    /// <exception cref="FormatException">It is not known, or has a value that isn't; the message names it.</exception>
    internal void Add(string name, string value)
    {
        if (AddressParameters.Find(name) is { } take)
        {
            take(this, name, value);
        }
        else
        {
            Set(name, name, value);
        }
    }

    /// <summary>Sets a keyword of Npgsql for a parameter.</summary>
    internal void Set(string name, string keyword, string value)
    {
        if (value.Length == 0)
        {
            throw Refusal.OfParameter(name, "has no value");
        }

        if (!Connection.ContainsKey(keyword))
        {
            throw Refusal.OfParameter(name, "is not known; remove it, or use a keyword of Npgsql");
        }

        try
        {
            Connection[keyword] = value;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or InvalidCastException or OverflowException or NotSupportedException)
        {
            throw Refusal.OfParameter(name, "has a value that it can't have");
        }
    }

    internal void Ignore(string name, string why) => _warnings.Add($"DATABASE_URL: the parameter '{name}' has no effect: {why}.");

    /// <summary>The attempt to connect is bounded whatever the address says.</summary>
    internal void SetConnectTimeout(string name, string value)
    {
        if (!int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
        {
            throw Refusal.OfParameter(name, "must be a whole number of seconds");
        }

        if (seconds is < 1 or > ConnectTimeoutSecondsMax)
        {
            Ignore(name, $"it must be 1 to {ConnectTimeoutSecondsMax} seconds; Postgres:ConnectTimeoutSeconds applies");
            return;
        }

        Connection.Timeout = seconds;
    }

    internal PostgresAddress Build()
    {
        if (string.IsNullOrEmpty(Connection.Host))
        {
            throw Refusal.Of("the host is missing");
        }

        if (Connection.Host.Contains(',', StringComparison.Ordinal))
        {
            throw Refusal.OfSeveralHosts();
        }

        if (NeedsFullVerification && Connection.SslMode != SslMode.VerifyFull)
        {
            throw Refusal.OfParameter("sslrootcert", "can be system only with sslmode=verify-full");
        }

        if (Connection is { TcpKeepAliveInterval: > 0, TcpKeepAliveTime: 0 })
        {
            Connection.TcpKeepAliveInterval = 0;
            Ignore("keepalives_interval", "it needs keepalives_idle");
        }

        if (Connection is { SslNegotiation: SslNegotiation.Direct, SslMode: < SslMode.Require })
        {
            throw Refusal.OfParameter("sslnegotiation", "can be direct only with sslmode=require or stricter");
        }

        try
        {
            // Checks what parameters mean together; nothing is connected.
            NpgsqlDataSource.Create(Connection).Dispose();
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException or NotSupportedException)
        {
            throw Refusal.Of("its parameters contradict each other");
        }

        return new PostgresAddress(Connection.ConnectionString, _warnings);
    }
}
