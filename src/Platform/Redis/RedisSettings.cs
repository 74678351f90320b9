using System.Globalization;
using Microsoft.Extensions.Configuration;
using StackExchange.Redis;

namespace Tokens.Platform.Redis;

/// <summary>Where Redis is, from <c>REDIS_URL</c>: <c>redis[s]://[[user]:password@]host[:port][/db]</c>, percent-encoded where needed.</summary>
internal static class RedisSettings
{
    private const int DefaultPort = 6379;
    private const int DatabaseMax = 15;

    private const string Expected =
        "REDIS_URL: expected redis[s]://[[user]:password@]host[:port][/db], user and password percent-encoded, with a db from 0 to 15.";

    private const string NoPassword =
        "REDIS_URL: a user needs a password, redis://user:password@host; a password without a user begins with a colon.";

    /// <summary>Null when the variable is empty.</summary>
    /// <exception cref="FormatException">It can't be read; the message says what is wrong, without the value.</exception>
    internal static ConfigurationOptions? From(IConfiguration configuration)
    {
        var text = configuration["REDIS_URL"];
        return string.IsNullOrWhiteSpace(text) ? null : Parse(text.Trim());
    }

    private static ConfigurationOptions Parse(string text)
    {
        // What follows a '?' or '#' may be the rest of a password that wasn't encoded.
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url)
            || url.Scheme is not ("redis" or "rediss")
            || url.Host.Length == 0
            || url.Query.Length + url.Fragment.Length > 0)
        {
            throw new FormatException(Expected);
        }

        var (user, password) = Credentials(url.UserInfo);
        return new ConfigurationOptions
        {
            EndPoints = { { url.Host.Trim('[', ']'), url.Port > 0 ? url.Port : DefaultPort } },
            DefaultDatabase = Database(url.AbsolutePath.Trim('/')),
            User = user,
            Password = password,
            Ssl = url.Scheme == "rediss",
            // Redis away at the start is no reason not to start.
            AbortOnConnectFail = false,
            ConnectRetry = 1,
            ConnectTimeout = 1_000,
            // Without it a connection whose server was silently replaced would be believed for a minute.
            KeepAlive = 5,
            ReconnectRetryPolicy = new LinearRetry(500),
            // Who can't have Redis now has somewhere else to ask; what waited for it would only be given up.
            BacklogPolicy = BacklogPolicy.FailFast,
            // They choose between several servers, and users would need rights to them.
            ConfigurationChannel = "",
            TieBreaker = "",
        };
    }

    private static int Database(string path)
    {
        var number = 0;
        return path.Length == 0
            || (int.TryParse(path, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= DatabaseMax)
            ? number
            : throw new FormatException(Expected);
    }

    private static (string? User, string? Password) Credentials(string userInfo)
    {
        var parts = userInfo.Split(':', 2);
        var (user, password) = (Decode(parts[0]), Decode(parts.ElementAtOrDefault(1)));
        return user is null || password is not null ? (user, password) : throw new FormatException(NoPassword);
    }

    private static string? Decode(string? part) => string.IsNullOrEmpty(part) ? null : Uri.UnescapeDataString(part);
}
