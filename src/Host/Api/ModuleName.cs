namespace Tokens.Host.Api;

/// <summary>Endpoint metadata: which module owns the route.</summary>
internal sealed record ModuleName(string Name);
