namespace Tokens.Wallet.Contracts;

/// <summary>Somebody who has signed in or whom the user directory has named.</summary>
/// <param name="Id">The subject of the member's sign-ins.</param>
/// <param name="DisplayName">At most 100 characters; null when nobody said one.</param>
/// <param name="IsCreator">Whether the member can be tipped and paid out.</param>
public sealed record Member(Guid Id, string? DisplayName, bool IsCreator);
