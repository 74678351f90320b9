namespace Tokens.Platform.Inputs;

/// <summary>The fields that a route takes, as its own reading of them names them: the source of its OpenAPI description.</summary>
public sealed class InputDescription
{
    internal InputDescription()
    {
    }

    /// <summary>Every field in the order in which it is read.</summary>
    public IList<FieldDescription> Fields { get; } = [];

    /// <summary>Whether the route takes an idempotency key.</summary>
    public bool TakesKey { get; internal set; }

    /// <summary>Whether any field stands in the body.</summary>
    public bool HasBody => Fields.Any(described => described.Place == FieldPlace.Body);

    /// <summary>Whether any field stands in the path or the query.</summary>
    public bool HasTarget => Fields.Any(described => described.Place != FieldPlace.Body);

    /// <summary>Whether a request without a body can't be right.</summary>
    public bool NeedsBody => Fields.Any(described => described is { Place: FieldPlace.Body, Required: true });

    internal static InputDescription Of<T>()
        where T : IInput<T>
    {
        var description = new InputDescription();
        T.Read(new InputReader(description));
        return description;
    }
}

/// <summary>One field of a request.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Name">Its JSON, query or path name.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Required">Whether it may be left out.</param>
public sealed record FieldDescription(FieldPlace Place, string Name, FieldType Type, bool Required)
{
    /// <summary>Smallest whole number.</summary>
    public long? Minimum { get; init; }

    /// <summary>Largest whole number.</summary>
    public long? Maximum { get; init; }

    /// <summary>Shortest text.</summary>
    public int? LengthMinimum { get; init; }

    /// <summary>Longest text.</summary>
    public int? LengthMaximum { get; init; }

    /// <summary>The fields of each object of a list.</summary>
    public IReadOnlyList<FieldDescription> Items { get; init; } = [];

    /// <summary>The words to choose from.</summary>
    public IReadOnlyCollection<string>? Choices { get; init; }

    /// <summary>What the value may be, in a sentence; null when name and type say it.</summary>
    public string? Description { get; init; }
}

/// <summary>Where a field stands.</summary>
public enum FieldPlace
{
    /// <summary>A member of the JSON body.</summary>
    Body,

    /// <summary>A parameter of the query.</summary>
    Query,

    /// <summary>A parameter of the path.</summary>
    Route,
}

/// <summary>What a field holds.</summary>
public enum FieldType
{
    /// <summary>A UUID.</summary>
    Id,

    /// <summary>A whole number.</summary>
    WholeNumber,

    /// <summary>A string.</summary>
    Text,

    /// <summary>A boolean.</summary>
    Flag,

    /// <summary>An ISO 8601 instant.</summary>
    Instant,

    /// <summary>A list of objects.</summary>
    List,

    /// <summary>A list of strings.</summary>
    TextList,

    /// <summary>US dollars; its smallest and largest are in cents.</summary>
    Usd,
}
