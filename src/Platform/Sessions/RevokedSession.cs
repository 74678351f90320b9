namespace Tokens.Platform.Sessions;

/// <summary>A session that was ended before its time; the row is needed until that time has come.</summary>
internal sealed class RevokedSession
{
    public required Guid Id { get; init; }

    public required DateTime ExpiresAt { get; init; }
}
