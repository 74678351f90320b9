namespace Tokens.GiftCards.Codes;

/// <summary>A code as a row keeps it.</summary>
/// <param name="Hash">HMAC-SHA256 under the pepper.</param>
/// <param name="PepperId">Names the pepper.</param>
/// <param name="Last4">The last four characters.</param>
/// <param name="Sealed">The code under <see cref="CodeSeal"/>, for replays; null when there will be none.</param>
internal sealed record StoredCode(byte[] Hash, string PepperId, string Last4, byte[]? Sealed);
