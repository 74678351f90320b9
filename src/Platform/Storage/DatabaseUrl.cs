using System.Data.Common;
using Tokens.Platform.Storage.Addresses;

namespace Tokens.Platform.Storage;

/// <summary>
/// Reads <c>postgres://user:password@host:port/database?name=value</c>, percent-encoded where needed, or an Npgsql string. Both may
/// have the parameters of libpq and those that hosting providers add.
/// </summary>
internal static class DatabaseUrl
{
    internal static string ToConnectionString(string text) => Read(text).ConnectionString;

    /// <exception cref="FormatException">It can't be used; the message names the parameter or part, and quotes no value.</exception>
    internal static PostgresAddress Read(string text)
    {
        var address = new AddressBuilder();
        if (UrlText.Is(text))
        {
            AddUrl(address, UrlText.Read(text));
        }
        else
        {
            AddKeywords(address, text);
        }

        return address.Build();
    }

    private static void AddUrl(AddressBuilder address, UrlText url)
    {
        var connection = address.Connection;
        (connection.Host, connection.Port, connection.Database) = (url.Host, url.Port ?? 5432, url.Database);
        (connection.Username, connection.Password) = (url.User, url.Password);
        foreach (var (name, value) in url.Parameters)
        {
            address.Add(name, value);
        }

        if (string.IsNullOrEmpty(connection.Database))
        {
            throw Refusal.Of("the database's name is missing, as in postgres://user:password@host:port/database");
        }
    }

    private static void AddKeywords(AddressBuilder address, string text)
    {
        var keywords = new DbConnectionStringBuilder();
        try
        {
            keywords.ConnectionString = text;
        }
        catch (ArgumentException)
        {
            // Without the inner exception, which may quote the value, password included.
            throw Refusal.Of("expected postgres://user:password@host:port/database or an Npgsql connection string");
        }

        foreach (string name in keywords.Keys)
        {
            address.Add(name, keywords[name].ToString() ?? "");
        }
    }
}
