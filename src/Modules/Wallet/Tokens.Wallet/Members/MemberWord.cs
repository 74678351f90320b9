namespace Tokens.Wallet.Members;

/// <summary>What somebody said about a member.</summary>
/// <param name="MemberId">About whom.</param>
/// <param name="DisplayName">At most 100 characters; null says nothing.</param>
/// <param name="IsCreator">Null says nothing.</param>
/// <param name="SaidAt">When; null where a token doesn't say when it was issued.</param>
/// <param name="ByDirectory">Whether the user directory said so, or a token.</param>
internal sealed record MemberWord(Guid MemberId, string? DisplayName, bool? IsCreator, DateTime? SaidAt, bool ByDirectory);
