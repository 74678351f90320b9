namespace Tokens.StripeSandbox.Wire;

/// <summary>The caller's own key-value pairs on an object, with Stripe's limits.</summary>
internal static class Metadata
{
    private const int MaxKeys = 50;
    private const int MaxKeyLength = 40;
    private const int MaxValueLength = 500;

    /// <summary><paramref name="before"/> with the request's pairs: an empty value removes its key, <c>metadata=</c> removes all.</summary>
    internal static IReadOnlyDictionary<string, string> Merge(IReadOnlyDictionary<string, string> before, Parameters parameters)
    {
        if (parameters.IsText("metadata") && parameters.Text("metadata") is "")
        {
            return new Dictionary<string, string>(StringComparer.Ordinal);
        }

        if (parameters.Inner("metadata") is not { } given)
        {
            return before;
        }

        var merged = new Dictionary<string, string>(before, StringComparer.Ordinal);
        foreach (var key in given.Names)
        {
            var value = given.Text(key) ?? "";
            if (value.Length == 0)
            {
                merged.Remove(key);
            }
            else
            {
                RequireFitting(key, value);
                merged[key] = value;
            }
        }

        return merged.Count <= MaxKeys
            ? merged
            : throw Refused($"You can have up to {MaxKeys} metadata keys, but {merged.Count} are given.");
    }

    private static void RequireFitting(string key, string value)
    {
        if (key.Length is 0 or > MaxKeyLength)
        {
            throw Refused($"Metadata keys must have 1 to {MaxKeyLength} characters, but you passed in one with {key.Length}.");
        }

        if (value.Length > MaxValueLength)
        {
            throw Refused($"Metadata values can have up to {MaxValueLength} characters, but you passed in one with {value.Length}.");
        }
    }

    private static StripeErrorException Refused(string message) => new(StripeError.InvalidRequest(message, "metadata"));
}
