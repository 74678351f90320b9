using System.Text.Json;

namespace Tokens.StripeSandbox.Wire;

/// <summary>
/// An answer that a request's execution led to. It is kept under the request's idempotency key, whatever its status; a request that is
/// refused before it is executed throws <see cref="StripeErrorException"/> instead and leaves nothing behind.
/// </summary>
internal sealed record StripeReply(int Status, byte[] Body)
{
    internal static StripeReply Ok<T>(T body) => new(200, JsonSerializer.SerializeToUtf8Bytes(body, StripeJson.Options));

    internal static StripeReply Of(StripeError error) => new(error.Status, error.ToBody());
}
