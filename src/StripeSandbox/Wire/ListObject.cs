namespace Tokens.StripeSandbox.Wire;

/// <summary>A page of a collection.</summary>
internal sealed record ListObject<T>(string Url, bool HasMore, IReadOnlyList<T> Data)
{
    public string Object => "list";
}
