using System.Globalization;
using Tokens.Platform.Time;

namespace Tokens.Platform.Inputs;

/// <content>Fields of settings.</content>
public sealed partial class FieldReader
{
    /// <summary>A number of US dollars, as JSON number or as text, within the rule's range; in cents. Null when the field is missing.</summary>
    public long? OptionalUsd(UsdRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var described = new FieldDescription(Place, rule.Name, FieldType.Usd, Required: false)
        {
            Minimum = rule.MinimumMinor,
            Maximum = rule.MaximumMinor,
        };
        if (_input.Describe(described))
        {
            return null;
        }

        var value = _input.Find(Place, rule.Name);
        if (value.IsMissing)
        {
            return null;
        }

        if (rule.TryParse(value, out var amountMinor))
        {
            return amountMinor;
        }

        _input.Fault(rule.Name, rule.Title, string.Create(
            CultureInfo.InvariantCulture,
            $"{rule.Name} must be a number of US dollars from {rule.MinimumMinor / 100m:0.00} to {rule.MaximumMinor / 100m:0.00} with at most two decimals."));
        return null;
    }

    /// <summary>A time zone by its name in the IANA list, such as <c>Europe/Berlin</c>, case-sensitive; null when the field is missing.</summary>
    public TimeZoneInfo? OptionalTimeZone(string name, string title)
    {
        if (_input.Describe(new(Place, name, FieldType.Text, Required: false) { LengthMaximum = TimeZones.NameLengthMax }))
        {
            return null;
        }

        var value = _input.Find(Place, name);
        if (value.IsMissing)
        {
            return null;
        }

        if (value.Kind == RawKind.Text && value.Characters() is { Length: > 0 and <= TimeZones.NameLengthMax } text
            && TimeZones.TryFind(text, out var zone))
        {
            return zone;
        }

        _input.Fault(name, title, $"{name} must be the IANA name of a time zone, such as Europe/Berlin.");
        return null;
    }

    /// <summary>Whether the field stands there with the value null, which takes a setting back; one that is left out stays as it is.</summary>
    public bool IsNull(string name) => !_input.IsDescribing && _input.IsNull(Place, name);
}
