using System.Globalization;
using Microsoft.Extensions.Configuration;
using StackExchange.Redis;

namespace Tokens.Platform.Redis;

/// <summary>Where Redis is, from <c>REDIS_URL</c>: <c>redis[s]://[user:password@]host:port[/db]</c>, percent-encoded where needed.</summary>
internal static class RedisSettings
{
    private const int DefaultPort = 6379;
    private const int DatabaseMax = 15;
    private const string Expected = "REDIS_URL: expected redis[s]://[:password@]host[:port][/db], with a db from 0 to 15.";

    /// <summary>Null when the variable is empty.</summary>
    /// <exception cref="FormatException">It can't be read; the message says what is wrong, without the value.</exception>
    internal static ConfigurationOptions? From(IConfiguration configuration)
    {
        var text = configuration["REDIS_URL"];
        return string.IsNullOrWhiteSpace(text) ? null : Parse(text.Trim());
    }

    private static ConfigurationOptions Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url)
            || url.Scheme is not ("redis" or "rediss")
            || url.Host.Length == 0
            || url.Query.Length > 0)
        {
            throw new FormatException(Expected);
        }

        var database = url.AbsolutePath.Trim('/');
        var number = 0;
        if (database.Length > 0
            && (!int.TryParse(database, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number > DatabaseMax))
        {
            throw new FormatException(Expected);
        }

        var isEncrypted = url.Scheme == "rediss";
        var options = new ConfigurationOptions
        {
            DefaultDatabase = number,
            Password = Password(url.UserInfo),
            Ssl = isEncrypted,
            SslHost = isEncrypted ? url.Host : null,
            // Redis away at the start is no reason not to start.
            AbortOnConnectFail = false,
            ConnectRetry = 1,
            ConnectTimeout = 1_000,
            // Without it a connection whose server was silently replaced would be believed for a minute.
            KeepAlive = 5,
            ReconnectRetryPolicy = new LinearRetry(500),
            // Who can't have Redis now has somewhere else to ask; what waited for it would only be given up.
            BacklogPolicy = BacklogPolicy.FailFast,
        };
        options.EndPoints.Add(url.Host.Trim('[', ']'), url.Port > 0 ? url.Port : DefaultPort);
        return options;
    }

    private static string? Password(string userInfo)
    {
        var parts = userInfo.Split(':', 2);
        if (parts.Length < 2)
        {
            return parts[0].Length == 0 ? null : throw new FormatException(Expected);
        }

        // The client of this line signs in by password alone, which means the user 'default'.
        return Uri.UnescapeDataString(parts[0]) is "" or "default"
            ? Uri.UnescapeDataString(parts[1])
            : throw new FormatException("REDIS_URL: only the user 'default' can sign in; leave the user name out.");
    }
}
