using Microsoft.AspNetCore.Http;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.Idempotency;

internal static class IdempotencyKey
{
    private const string Header = "Idempotency-Key";
    private const int MaxLength = 255;

    /// <summary>The request's key, put on the response too; null without one.</summary>
    internal static string? Echo(HttpContext context)
    {
        var key = context.Request.Headers[Header].ToString();
        if (key.Length == 0)
        {
            return null;
        }

        if (key.Length > MaxLength || key.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            throw new StripeErrorException(StripeError.InvalidRequest(
                $"Idempotency keys must be at most {MaxLength} printable ASCII characters; you passed in {key.Length} characters."));
        }

        context.Response.Headers[Header] = key;
        return key;
    }
}
