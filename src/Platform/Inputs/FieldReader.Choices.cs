namespace Tokens.Platform.Inputs;

/// <content>Fields that hold one of a few words.</content>
public sealed partial class FieldReader
{
    /// <summary>One of the words given, in any case; the first of them when the field is missing or wrong, which is a fault.</summary>
    public string RequiredChoice(string name, string title, IReadOnlyCollection<string> choices) =>
        Choice(name, title, choices, required: true) ?? choices.First();

    /// <summary>One of the words given, in any case; null when the field is missing.</summary>
    public string? OptionalChoice(string name, string title, IReadOnlyCollection<string> choices) =>
        Choice(name, title, choices, required: false);

    private string? Choice(string name, string title, IReadOnlyCollection<string> choices, bool required)
    {
        ArgumentNullException.ThrowIfNull(choices);
        if (_input.Describe(new(Place, name, FieldType.Text, required) { Choices = choices }))
        {
            return null;
        }

        var value = _input.Find(Place, name);
        if (value.IsMissing)
        {
            if (required)
            {
                _input.Fault(name, title, $"{name} is required.");
            }

            return null;
        }

        var text = value.Kind == RawKind.Text ? value.Characters() : null;
        var choice = choices.FirstOrDefault(c => c.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (choice is null)
        {
            _input.Fault(name, title, $"{name} must be one of {string.Join(", ", choices)}.");
        }

        return choice;
    }
}
