using System.Text.Json;

namespace Tokens.Platform.Inputs;

/// <content>Fields that hold lists.</content>
public sealed partial class FieldReader
{
    /// <summary>A list of objects, each read by <paramref name="read"/>; faults are named <c>list[3].field</c>.</summary>
    /// <param name="name">JSON name of the list.</param>
    /// <param name="title">Names the fault.</param>
    /// <param name="countMaximum">Most items allowed; at least one is needed.</param>
    /// <param name="read">Reads one item.</param>
    public IReadOnlyList<T> RequiredList<T>(string name, string title, int countMaximum, Func<FieldReader, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (_input.IsDescribing)
        {
            var item = new InputDescription();
            read(new InputReader(item).Body);
            _input.Describe(new(Place, name, FieldType.List, Required: true) { Maximum = countMaximum, Items = [.. item.Fields] });
            return [];
        }

        var value = _input.Find(Place, name);
        if (value.Kind != RawKind.List || value.Json.GetArrayLength() is 0 || value.Json.GetArrayLength() > countMaximum)
        {
            _input.Fault(name, title, $"{name} must be a list of 1 to {countMaximum} objects.");
            return [];
        }

        var items = new List<T>(value.Json.GetArrayLength());
        foreach (var item in value.Json.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                _input.Fault(name, title, $"{name} must hold objects only.");
                return [];
            }

            items.Add(read(_input.Item(name, items.Count, item).Body));
        }

        return items;
    }

    /// <summary>A list of texts that the rule allows; empty when the field is missing.</summary>
    /// <param name="rule">Names the list and says what each of its texts must be.</param>
    /// <param name="countMaximum">Most texts allowed.</param>
    public IReadOnlyList<string> OptionalTexts(TextRule rule, int countMaximum)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (_input.Describe(new(Place, rule.Name, FieldType.TextList, Required: false) { Maximum = countMaximum }))
        {
            return [];
        }

        var value = _input.Find(Place, rule.Name);
        if (value.IsMissing)
        {
            return [];
        }

        if (value.Kind != RawKind.List || value.Json.GetArrayLength() > countMaximum)
        {
            _input.Fault(rule.Name, rule.Title, $"{rule.Name} must be a list of at most {countMaximum} texts.");
            return [];
        }

        var texts = new List<string>(value.Json.GetArrayLength());
        foreach (var item in value.Json.EnumerateArray())
        {
            var text = item.ValueKind == JsonValueKind.String ? RawValue.Of(item).Characters() : null;
            if (rule.FaultOf(text) is { } sentence)
            {
                _input.Fault(rule.Name, rule.Title, sentence);
                return [];
            }

            texts.Add(text!);
        }

        return texts;
    }
}
