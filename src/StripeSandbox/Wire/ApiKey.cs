using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Tokens.StripeSandbox.Wire;

/// <summary>The caller's secret key. Only its hash goes further than the door.</summary>
internal static class ApiKey
{
    private const string TestPrefix = "sk_test_";

    /// <summary>SHA-256 of the key in the request's Authorization header: Bearer, or the user name of Basic.</summary>
    internal static byte[] Authenticate(HttpRequest request)
    {
        var key = Read(request.Headers.Authorization.ToString());
        if (string.IsNullOrEmpty(key))
        {
            throw Refused(
                "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth " +
                "(e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for details, or we can " +
                "help at https://support.stripe.com/.");
        }

        return key.StartsWith(TestPrefix, StringComparison.Ordinal)
            ? SHA256.HashData(Encoding.UTF8.GetBytes(key))
            : throw Refused("Invalid API Key provided: " + Mask(key));
    }

    private static string? Read(string header)
    {
        if (!AuthenticationHeaderValue.TryParse(header, out var value) || string.IsNullOrEmpty(value.Parameter))
        {
            return null;
        }

        if (value.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
        {
            return value.Parameter;
        }

        var bytes = new byte[value.Parameter.Length];
        return value.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
            && Convert.TryFromBase64String(value.Parameter, bytes, out var length)
                ? Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2)[0]
                : null;
    }

    private static string Mask(string key) =>
        key.Length <= 12
            ? new string('*', key.Length)
            : string.Concat(key.AsSpan(0, 8), new string('*', key.Length - 12), key.AsSpan(key.Length - 4));

    private static StripeErrorException Refused(string message) =>
        new(StripeError.InvalidRequest(message, status: StatusCodes.Status401Unauthorized));
}
