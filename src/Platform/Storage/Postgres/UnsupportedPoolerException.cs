namespace Tokens.Platform.Storage.Postgres;

/// <summary><c>DATABASE_URL</c> leads through a pooler that the product can't work with; the message says what to set.</summary>
public sealed class UnsupportedPoolerException(string message) : Exception(message);
