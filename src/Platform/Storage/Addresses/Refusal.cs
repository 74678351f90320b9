using System.Text.RegularExpressions;

namespace Tokens.Platform.Storage.Addresses;

/// <summary>Makes the faults with which <c>DATABASE_URL</c> is refused. They name parameters and never quote a value.</summary>
internal static partial class Refusal
{
    internal static FormatException Of(string why) => new($"DATABASE_URL: {why}.");

    internal static FormatException OfParameter(string name, string why) =>
        // What isn't a plain word may be a part of a password that should have been encoded or quoted.
        Of(PlainWords().IsMatch(name) ? $"the parameter '{name}' {why}" : $"a parameter {why}");

    internal static FormatException OfSeveralHosts() => Of(
        "several hosts are named; give one address that always leads to the primary, such as the provider's or a proxy's, "
        + "because a replica that is promoted without the last commits would lose acknowledged requests");

    [GeneratedRegex("^[A-Za-z][A-Za-z_ ]{0,39}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex PlainWords();
}
