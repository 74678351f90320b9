using Microsoft.OpenApi;
using Tokens.Platform.Problems;

namespace Tokens.Host.Api.Documents;

/// <summary>The shape that every error has, for the OpenAPI document.</summary>
internal static class ProblemSchema
{
    internal static OpenApiResponse Response { get; } = new()
    {
        Description = "Any error, as a problem document (RFC 9457)",
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [ProblemDocument.ContentType] = new() { Schema = Document() },
        },
    };

    private static OpenApiSchema Document()
    {
        var text = new OpenApiSchema { Type = JsonSchemaType.String };
        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Required = new HashSet<string> { "type", "title", "status", "detail", "success", "code" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uri" },
                ["title"] = text,
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
                ["detail"] = text,
                ["instance"] = text,
                ["success"] = new OpenApiSchema { Type = JsonSchemaType.Boolean },
                ["code"] = text,
                ["error"] = text,
                ["details"] = text,
                ["message"] = text,
                ["traceId"] = text,
                ["timestamp"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
                ["errors"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Description = "Sentences by the JSON name of each wrong field",
                    AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = text },
                },
            },
        };
    }
}
