namespace Tokens.Architecture.Tests.Product;

/// <summary>The place of a project under src, which decides what it may know.</summary>
internal enum ComponentKind
{
    Host,
    Platform,
    Sandbox,
    Module,
    Contracts,
}
