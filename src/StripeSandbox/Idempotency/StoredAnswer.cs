using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.Idempotency;

/// <summary>The first answer to a key, with what it takes to tell a repeat from another request.</summary>
internal sealed record StoredAnswer(string Route, byte[] ParametersHash, string RequestId, StripeReply Reply)
{
    internal static StoredAnswer? Find(DbSession session, byte[] apiKeyHash, string key) => session.Query(
        "SELECT route, parameters_hash, request_id, status, body FROM idempotency_keys WHERE api_key_hash = $api AND key = $key",
        row => new StoredAnswer(
            row.GetString(0),
            row.GetFieldValue<byte[]>(1),
            row.GetString(2),
            new StripeReply(row.GetInt32(3), row.GetFieldValue<byte[]>(4))),
        ("$api", apiKeyHash),
        ("$key", key)).SingleOrDefault();

    internal void Insert(DbSession session, byte[] apiKeyHash, string key, DateTimeOffset now) => session.Execute(
        """
        INSERT INTO idempotency_keys (api_key_hash, key, route, parameters_hash, request_id, status, body, created)
        VALUES ($api, $key, $route, $parameters, $request, $status, $body, $created)
        """,
        ("$api", apiKeyHash),
        ("$key", key),
        ("$route", Route),
        ("$parameters", ParametersHash),
        ("$request", RequestId),
        ("$status", Reply.Status),
        ("$body", Reply.Body),
        ("$created", now.ToUnixTimeSeconds()));

    internal static void DeleteOlderThan(DbSession session, DateTimeOffset moment) =>
        session.Execute("DELETE FROM idempotency_keys WHERE created < $moment", ("$moment", moment.ToUnixTimeSeconds()));
}
