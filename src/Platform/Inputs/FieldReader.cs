namespace Tokens.Platform.Inputs;

/// <summary>Reads the fields of one place (body, query or path): each method names, checks and converts one field.</summary>
public sealed partial class FieldReader
{
    private readonly InputReader _input;

    internal FieldReader(InputReader input, FieldPlace place)
    {
        _input = input;
        Place = place;
    }

    internal FieldPlace Place { get; }

    /// <summary>A UUID in any case, with hyphens.</summary>
    public Guid RequiredId(string name, string title)
    {
        if (_input.Describe(new(Place, name, FieldType.Id, Required: true)))
        {
            return Guid.Empty;
        }

        var value = _input.Find(Place, name);
        // Its length too, because the parser also takes blanks around it.
        if (value.Kind == RawKind.Text && value.Characters() is { Length: 36 } text && Guid.TryParseExact(text, "D", out var id))
        {
            return id;
        }

        _input.Fault(name, title, value.IsMissing ? $"{name} is required." : $"{name} must be a UUID.");
        return Guid.Empty;
    }

    /// <summary>A whole number as JSON integer or as digits in a string, within the rule's range.</summary>
    public long RequiredWholeNumber(WholeNumberRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return WholeNumber(rule, required: true) ?? 0;
    }

    /// <summary>As <see cref="RequiredWholeNumber"/>; null when the field is missing.</summary>
    public long? OptionalWholeNumber(WholeNumberRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return WholeNumber(rule, required: false);
    }

    /// <summary>Text that the rule allows; never null bytes or half a surrogate pair.</summary>
    public string RequiredText(TextRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return Text(rule, required: true) ?? string.Empty;
    }

    /// <summary>As <see cref="RequiredText"/>; null when the field is missing.</summary>
    public string? OptionalText(TextRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return Text(rule, required: false);
    }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public bool RequiredFlag(string name, string title) => Flag(name, title, required: true) ?? false;

    /// <summary><c>true</c> or <c>false</c>; null when the field is missing.</summary>
    public bool? OptionalFlag(string name, string title) => Flag(name, title, required: false);

    private bool? Flag(string name, string title, bool required)
    {
        if (_input.Describe(new(Place, name, FieldType.Flag, required)))
        {
            return null;
        }

        var value = _input.Find(Place, name);
        if (value.Kind is RawKind.True or RawKind.False)
        {
            return value.Kind == RawKind.True;
        }

        if (required || !value.IsMissing)
        {
            _input.Fault(name, title, value.IsMissing ? $"{name} is required." : $"{name} must be true or false.");
        }

        return null;
    }

    private long? WholeNumber(WholeNumberRule rule, bool required)
    {
        if (_input.Describe(new(Place, rule.Name, FieldType.WholeNumber, required) { Minimum = rule.Minimum, Maximum = rule.Maximum }))
        {
            return null;
        }

        var name = rule.Name;
        var value = _input.Find(Place, name);
        foreach (var alias in rule.Aliases)
        {
            if (!value.IsMissing)
            {
                break;
            }

            name = alias;
            value = _input.Find(Place, alias);
        }

        if (value.IsMissing)
        {
            if (required)
            {
                _input.Fault(rule.Name, rule.Title, $"{rule.Name} is required.");
            }

            return null;
        }

        if (rule.TryParse(value, out var number))
        {
            return number;
        }

        _input.Fault(name, rule.Title, rule.Sentence ?? $"{name} must be a whole number from {rule.Minimum} to {rule.Maximum}.");
        return null;
    }

    private string? Text(TextRule rule, bool required)
    {
        var description = new FieldDescription(Place, rule.Name, FieldType.Text, required)
        {
            LengthMinimum = rule.LengthMinimum,
            LengthMaximum = rule.LengthMaximum,
            Description = rule.Description,
        };
        if (_input.Describe(description))
        {
            return null;
        }

        var value = _input.Find(Place, rule.Name);
        if (value.IsMissing)
        {
            if (required)
            {
                _input.Fault(rule.Name, rule.Title, $"{rule.Name} is required.");
            }

            return null;
        }

        var text = value.Kind == RawKind.Text ? value.Characters() : null;
        if (rule.FaultOf(text) is { } sentence)
        {
            _input.Fault(rule.Name, rule.Title, sentence);
            return null;
        }

        return text;
    }
}
