namespace Tokens.StripeSandbox.Wire;

/// <summary>Which ids of an answer are asked for as whole objects: <c>expand[]=latest_charge</c>.</summary>
internal sealed class Expansion
{
    internal static readonly Expansion None = new([]);
    private readonly HashSet<string> names;

    private Expansion(HashSet<string> names) => this.names = names;

    internal bool Has(string name) => names.Contains(name);

    /// <summary>In a list the names begin with <c>data.</c>, which <paramref name="prefix"/> says.</summary>
    internal static Expansion Read(Parameters parameters, IReadOnlyCollection<string> expandable, string prefix = "")
    {
        HashSet<string> asked = [];
        foreach (var path in parameters.Texts("expand"))
        {
            var name = path.StartsWith(prefix, StringComparison.Ordinal) ? path[prefix.Length..] : null;
            if (name is null || !expandable.Contains(name))
            {
                throw new StripeErrorException(StripeError.InvalidRequest($"This property cannot be expanded ({path}).", "expand"));
            }

            asked.Add(name);
        }

        return new Expansion(asked);
    }
}
