namespace Tokens.StripeSandbox.Wire;

/// <summary>A value as Stripe's form encoding can say it.</summary>
internal abstract record Parameter
{
    internal sealed record Text(string Value) : Parameter;

    /// <summary><c>name[key]=value</c>, sorted so that equal parameters are equal in whatever order they came.</summary>
    internal sealed record Hash(SortedDictionary<string, Parameter> Members) : Parameter;

    /// <summary><c>name[]=value</c>.</summary>
    internal sealed record Series(List<string> Values) : Parameter;
}
