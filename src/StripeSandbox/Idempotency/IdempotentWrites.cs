using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.Idempotency;

/// <summary>
/// Carries out a write once a key: the answer is kept in the transaction of its effect and given again to a repeat. A request that is
/// refused before it is executed keeps nothing, so its key stays free.
/// </summary>
internal sealed class IdempotentWrites(SandboxDb db, KeysInUse keysInUse)
{
    /// <summary>Null while another request uses the key, and without one; else it is this request's until the result is disposed.</summary>
    internal IDisposable? TryTakeKey(StripeRequest request) =>
        request.IdempotencyKey is { } key ? keysInUse.TryTake(request.ApiKeyHash, key) : null;

    /// <summary><paramref name="taken"/> is the request's hold on its key, if it could be taken before.</summary>
    internal async Task<(StripeReply Reply, string OriginalRequestId, bool Replayed)> RunAsync(
        StripeRequest request, StripeHandler handler, IDisposable? taken = null)
    {
        if (request.IdempotencyKey is not { } key)
        {
            return (await db.WriteAsync(session => handler(request, session)), request.RequestId, false);
        }

        using var use = taken is null ? TryTakeKey(request) ?? throw InUse(key) : null;
        return await db.WriteAsync(session => Run(session, request, key, handler));
    }

    private static (StripeReply Reply, string OriginalRequestId, bool Replayed) Run(
        DbSession session, StripeRequest request, string key, StripeHandler handler)
    {
        StoredAnswer.DeleteOlderThan(session, request.Now.AddHours(-request.Limits.IdempotencyKeyHours));
        var parametersHash = request.Parameters.Fingerprint();
        if (StoredAnswer.Find(session, request.ApiKeyHash, key) is { } stored)
        {
            return stored.Route == request.Route && stored.ParametersHash.AsSpan().SequenceEqual(parametersHash)
                ? (stored.Reply, stored.RequestId, true)
                : throw Reused(key, stored.Route, request.Route);
        }

        var reply = handler(request, session);
        new StoredAnswer(request.Route, parametersHash, request.RequestId, reply)
            .Insert(session, request.ApiKeyHash, key, request.Now);
        return (reply, request.RequestId, false);
    }

    private static StripeErrorException InUse(string key) => new(new StripeError(
        409,
        "idempotency_error",
        "There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the " +
        $"other request is still going through): {key}. Please try again later.")
    {
        Code = "idempotency_key_in_use",
    });

    private static StripeErrorException Reused(string key, string firstRoute, string route)
    {
        var rule = firstRoute == route
            ? "with the same parameters they were first used with"
            : $"for the same endpoint they were first used for ('{firstRoute}' vs '{route}')";
        return new(new StripeError(
            400,
            "idempotency_error",
            $"Keys for idempotent requests can only be used {rule}. " +
            $"Try using a key other than '{key}' if you meant to execute a different request."));
    }
}
