using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tokens.Platform.Inputs;

/// <summary>Hands a request its fields, by where they stand, and collects every fault on the way.</summary>
public sealed class InputReader
{
    private readonly HttpContext? _context;
    private readonly JsonElement? _body;
    private readonly InputDescription? _description;
    private readonly string _prefix = "";
    private readonly bool _isEmptyMissing;

    internal InputReader(HttpContext context, JsonElement? body)
    {
        _context = context;
        _body = body;
        Body = new FieldReader(this, FieldPlace.Body);
        Query = new FieldReader(this, FieldPlace.Query);
        Route = new FieldReader(this, FieldPlace.Route);
    }

    /// <summary>Reads an object without a request: a body alone. An empty text counts as missing: exporters write it for null.</summary>
    internal InputReader(JsonElement body)
    {
        _body = body;
        _isEmptyMissing = true;
        Body = new FieldReader(this, FieldPlace.Body);
        Query = new FieldReader(this, FieldPlace.Query);
        Route = new FieldReader(this, FieldPlace.Route);
    }

    internal InputReader(InputDescription description)
    {
        _description = description;
        Body = new FieldReader(this, FieldPlace.Body);
        Query = new FieldReader(this, FieldPlace.Query);
        Route = new FieldReader(this, FieldPlace.Route);
    }

    private InputReader(InputReader list, string prefix, JsonElement item)
    {
        _context = list._context;
        _body = item;
        _prefix = list._prefix + prefix;
        _isEmptyMissing = list._isEmptyMissing;
        Faults = list.Faults;
        Body = new FieldReader(this, FieldPlace.Body);
        Query = list.Query;
        Route = list.Route;
    }

    /// <summary>The members of the JSON body.</summary>
    public FieldReader Body { get; }

    /// <summary>The parameters of the query; an empty one counts as missing.</summary>
    public FieldReader Query { get; }

    /// <summary>The parameters of the path.</summary>
    public FieldReader Route { get; }

    internal bool IsDescribing => _description is not null;

    internal FaultList Faults { get; } = new();

    /// <summary>Records a fault that concerns more than one field's shape.</summary>
    /// <param name="field">JSON name of the field.</param>
    /// <param name="title">Names the fault; the problem's title if it is the first.</param>
    /// <param name="sentence">What is wrong, for a person.</param>
    public void Fault(string field, string title, string sentence)
    {
        if (_description is null)
        {
            Faults.Add(_prefix + field, title, sentence);
        }
    }

    /// <summary>Adds a member to the problem document, should there be one.</summary>
    public void FaultMember(string name, object? value) => Faults.AddMember(name, value);

    /// <summary>Says that the route takes an idempotency key, from the header or else from the body.</summary>
    public void TakesIdempotencyKey()
    {
        if (_description is not null)
        {
            _description.TakesKey = true;
        }
    }

    /// <summary>Whether the field stands there with another value than null; false while the request is only being described.</summary>
    public bool Has(FieldReader place, string name)
    {
        ArgumentNullException.ThrowIfNull(place);
        return _description is null && !Find(place.Place, name).IsMissing;
    }

    /// <summary>The options that a rule depends on; null while the request is only being described.</summary>
    public TOptions? Options<TOptions>()
        where TOptions : class =>
        _context?.RequestServices.GetRequiredService<IOptions<TOptions>>().Value;

    internal IdempotencyKey? ReadKey() => IdempotencyKey.Read(_context!.Request, Find(FieldPlace.Body, IdempotencyKey.BodyMember), Faults);

    internal InputReader Item(string list, int index, JsonElement item) => new(this, $"{list}[{index}].", item);

    internal bool IsNull(FieldPlace place, string name) =>
        place == FieldPlace.Body && _body is { } body && body.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Null;

    internal bool Describe(FieldDescription field)
    {
        _description?.Fields.Add(field);
        return _description is not null;
    }

    internal RawValue Find(FieldPlace place, string name)
    {
        switch (place)
        {
            case FieldPlace.Body:
                return _body is { } body && body.TryGetProperty(name, out var member) && !(_isEmptyMissing && IsEmpty(member))
                    ? RawValue.Of(member)
                    : default;
            case FieldPlace.Query:
                var values = _context!.Request.Query[name];
                return values.Count > 1 ? RawValue.Malformed() : RawValue.Of(values.ToString() is { Length: > 0 } text ? text : null);
            default:
                return RawValue.Of(_context!.Request.RouteValues[name] as string);
        }
    }
    private static bool IsEmpty(JsonElement member) => member.ValueKind == JsonValueKind.String && member.ValueEquals(""u8);
}
