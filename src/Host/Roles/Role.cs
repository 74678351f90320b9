namespace Tokens.Host.Roles;

/// <summary>A part that this program plays; each runs as a web application of its own.</summary>
[Flags]
internal enum Role
{
    None = 0,
    Gateway = 1,
    Api = 2,
    Sandbox = 4,
}
