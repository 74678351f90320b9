using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace Tokens.Platform.Redis;

/// <summary>A Lua script that Redis is sent by its hash, and once by its text where Redis doesn't know it yet.</summary>
/// <param name="text">The script.</param>
public sealed class RedisScript(string text)
{
    // Redis names scripts by SHA-1; nothing is protected by it.
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "The protocol's own name for a script.")]
    private readonly byte[] _hash = SHA1.HashData(Encoding.UTF8.GetBytes(text));

    /// <summary>Runs it, inside a command of <see cref="RedisConnection.ExecuteAsync"/>.</summary>
    /// <param name="database">Where.</param>
    /// <param name="keys">All keys that it touches.</param>
    /// <param name="values">Its arguments.</param>
    public async Task<RedisResult> RunAsync(IDatabase database, RedisKey[] keys, RedisValue[] values)
    {
        ArgumentNullException.ThrowIfNull(database);
        try
        {
            return await database.ScriptEvaluateAsync(_hash, keys, values);
        }
        catch (RedisServerException unknown) when (IsUnknown(unknown))
        {
        }

        // The client, too, remembers which scripts a server knows, and finds out in the same way that it has forgotten.
        try
        {
            return await database.ScriptEvaluateAsync(text, keys, values);
        }
        catch (RedisServerException unknown) when (IsUnknown(unknown))
        {
            return await database.ScriptEvaluateAsync(text, keys, values);
        }
    }

    private static bool IsUnknown(RedisServerException fault) => fault.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal);
}
