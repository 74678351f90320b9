namespace Tokens.Bench.Products;

/// <summary>A member, signed in.</summary>
/// <param name="Token">Bearer token, valid for the whole run.</param>
internal sealed record Member(Guid Id, string Token);
