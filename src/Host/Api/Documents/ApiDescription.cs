using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Tokens.Host.Roles;
using Tokens.Platform.Inputs;

namespace Tokens.Host.Api.Documents;

/// <summary>The OpenAPI document.</summary>
internal static class ApiDescription
{
    internal const string Path = "/openapi/v1.json";
    internal const string ContentType = "application/json; charset=utf-8";

    private const string Version = "v1";

    internal static void AddApiDescription(this IServiceCollection services, HostSettings settings) => services.AddOpenApi(Version, options =>
    {
        // Every use case calls its answer Response: the use case's name tells them apart.
        options.CreateSchemaReferenceId = json =>
        {
            var name = OpenApiOptions.CreateDefaultSchemaReferenceId(json);
            return name is not null && json.Type.DeclaringType is { } useCase ? useCase.Name + name : name;
        };
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Tokens", Version = "v1", Description = "Tokens: buy, tip, pay, read." };
            document.Servers = [new OpenApiServer { Url = settings.BackendUrl ?? settings.GatewayUrls[0] }];
            SecuritySchemes.Describe(document);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, _, _) =>
        {
            // The serializer could also read a number from a text; it never writes one so, and requests are described by their own rules.
            if (schema.Type is { } type && type.HasFlag(JsonSchemaType.String)
                && (type.HasFlag(JsonSchemaType.Integer) || type.HasFlag(JsonSchemaType.Number)))
            {
                (schema.Type, schema.Pattern) = (type & ~JsonSchemaType.String, null);
            }

            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<InputDescription>().FirstOrDefault() is { } input)
            {
                InputSchemas.Describe(operation, input);
            }

            SecuritySchemes.Describe(
                operation, context.Document!, context.Description.HttpMethod, context.Description.ActionDescriptor.EndpointMetadata);
            operation.Responses ??= [];
            operation.Responses["default"] = ProblemSchema.Response;

            return Task.CompletedTask;
        });
    });

    /// <summary>Builds the document, which costs about 0.1 s of processor time and doesn't depend on the request.</summary>
    internal static async Task<byte[]> BuildAsync(IServiceProvider services)
    {
        var document = await services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Version).GetOpenApiDocumentAsync(CancellationToken.None);
        var version = services.GetRequiredService<IOptionsMonitor<OpenApiOptions>>().Get(Version).OpenApiVersion;
        using var text = new MemoryStream();
        await document.SerializeAsJsonAsync(text, version, CancellationToken.None);
        return text.ToArray();
    }
}
