namespace Tokens.Platform.Storage;

/// <summary>The database could not be reached in time, or its breaker is open; what was to be written may have been.</summary>
public sealed class DatabaseAwayException(Exception innerException) : Exception("The database can't be reached.", innerException);
