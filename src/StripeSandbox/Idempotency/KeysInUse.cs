using System.Collections.Concurrent;

namespace Tokens.StripeSandbox.Idempotency;

/// <summary>The keys whose first request is still running in this process, the only one on its data.</summary>
internal sealed class KeysInUse
{
    private readonly ConcurrentDictionary<(string ApiKey, string Key), bool> keys = new();

    /// <summary>Null while another request uses the key; else the key is this request's until the result is disposed.</summary>
    internal IDisposable? TryTake(byte[] apiKeyHash, string key)
    {
        var scoped = (Convert.ToHexString(apiKeyHash), key);
        return keys.TryAdd(scoped, value: true) ? new Use(this, scoped) : null;
    }

    private sealed class Use(KeysInUse owner, (string ApiKey, string Key) key) : IDisposable
    {
        public void Dispose() => owner.keys.TryRemove(key, out _);
    }
}
