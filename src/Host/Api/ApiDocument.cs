using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Tokens.Host.Roles;
using Tokens.Platform.Answers;
using Tokens.Platform.Inputs;

namespace Tokens.Host.Api;

/// <summary>The OpenAPI document and the page to read it at.</summary>
internal static class ApiDocument
{
    private const string DocumentPath = "/openapi/v1.json";

    internal static void AddApiDocument(this IServiceCollection services, HostSettings settings) => services.AddOpenApi("v1", options =>
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

    internal static void MapApiDocument(this WebApplication app) =>
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous().WithName("OpenApi").WithCompressibleAnswers();

    internal static void UseApiPage(this WebApplication app) => app.UseSwaggerUI(page =>
    {
        page.RoutePrefix = "docs";
        page.DocumentTitle = "Tokens API";
        page.SwaggerEndpoint(DocumentPath, "Tokens v1");
    });
}
