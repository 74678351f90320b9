namespace Tokens.Wallet.Data;

/// <summary>Somebody who signed in, or whom the user directory named.</summary>
internal sealed class MemberRow
{
    public required Guid Id { get; init; }

    public string? DisplayName { get; set; }

    public bool IsCreator { get; set; }

    /// <summary>When the newest word about this member was said: a token's issue or the directory's call.</summary>
    public DateTime SaidAt { get; set; } = DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc);

    public bool SaidByDirectory { get; set; }

    public required DateTime CreatedAt { get; init; }
}
