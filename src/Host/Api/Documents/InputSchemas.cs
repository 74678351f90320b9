using System.Globalization;
using Microsoft.OpenApi;
using Tokens.Platform.Inputs;

namespace Tokens.Host.Api.Documents;

/// <summary>Writes a route's fields into its OpenAPI operation, as the route itself reads them.</summary>
internal static class InputSchemas
{
    internal static void Describe(OpenApiOperation operation, InputDescription input)
    {
        operation.Parameters = [.. input.Fields.Where(field => field.Place != FieldPlace.Body).Select(ToParameter)];
        if (input.TakesKey)
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = IdempotencyKey.Header,
                In = ParameterLocation.Header,
                Description = "Repeats with the same key have one effect and one answer.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 255 },
            });
        }

        if (input.HasBody)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = input.NeedsBody,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/json"] = new() { Schema = ToObject([.. input.Fields.Where(field => field.Place == FieldPlace.Body)]) },
                },
            };
        }
    }

    private static OpenApiSchema ToObject(IReadOnlyList<FieldDescription> fields) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = fields.ToDictionary(field => field.Name, IOpenApiSchema (field) => ToProperty(field)),
        Required = fields.Where(field => field.Required).Select(field => field.Name).ToHashSet(),
    };

    private static OpenApiParameter ToParameter(FieldDescription field) => new()
    {
        Name = field.Name,
        In = field.Place == FieldPlace.Route ? ParameterLocation.Path : ParameterLocation.Query,
        Required = field.Required,
        Description = field is { Place: FieldPlace.Query, Required: false }
            ? (field.Description + " An empty value counts as absent.").TrimStart()
            : field.Description,
        Schema = ToSchema(field),
    };

    private static OpenApiSchema ToProperty(FieldDescription field)
    {
        var schema = ToSchema(field);
        schema.Description = field.Description;
        return schema;
    }

    private static OpenApiSchema ToSchema(FieldDescription field) => field.Type switch
    {
        FieldType.Id => new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
        FieldType.WholeNumber => new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Format = "int64",
            Minimum = field.Minimum?.ToString(),
            Maximum = field.Maximum?.ToString(),
        },
        FieldType.Flag => new OpenApiSchema { Type = JsonSchemaType.Boolean },
        FieldType.Instant => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
        FieldType.List => new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            MinItems = 1,
            MaxItems = (int?)field.Maximum,
            Items = ToObject([.. field.Items]),
        },
        FieldType.Usd => new OpenApiSchema
        {
            Type = JsonSchemaType.Number,
            MultipleOf = 0.01m,
            Minimum = UsdOf(field.Minimum),
            Maximum = UsdOf(field.Maximum),
        },
        FieldType.TextList => new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            MaxItems = (int?)field.Maximum,
            Items = new OpenApiSchema { Type = JsonSchemaType.String },
        },
        _ => new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            MinLength = field.LengthMinimum,
            MaxLength = field.LengthMaximum,
            Enum = field.Choices is { } choices ? [.. choices.Select(choice => System.Text.Json.Nodes.JsonValue.Create(choice))] : null,
        },
    };

    private static string? UsdOf(long? amountMinor) => amountMinor is { } minor ? (minor / 100m).ToString(CultureInfo.InvariantCulture) : null;
}
