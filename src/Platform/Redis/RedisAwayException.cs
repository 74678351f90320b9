namespace Tokens.Platform.Redis;

/// <summary>
/// Redis could not be reached in time, or its breaker is open. A write that was given up may be executed later nevertheless, when Redis
/// goes on.
/// </summary>
public sealed class RedisAwayException(Exception innerException) : Exception("Redis can't be reached.", innerException);
