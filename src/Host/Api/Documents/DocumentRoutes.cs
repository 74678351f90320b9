using Microsoft.Extensions.Options;
using Tokens.Host.Roles;
using Tokens.Platform.Problems;

namespace Tokens.Host.Api.Documents;

/// <summary>GET <c>/openapi/v1.json</c> and <c>/docs</c>: 404 where the option <see cref="ApiOptions.Documentation"/> leaves them out.</summary>
internal static class DocumentRoutes
{
    private const string FileParameter = "file";

    internal static void AddDocuments(this IServiceCollection services) => services.AddSingleton<DocumentStore>().AddSingleton<DocumentReaders>();

    // Mapped everywhere: an address without a route would ask for a sign-in first.
    internal static void Map(WebApplication app, HostSettings settings)
    {
        var served = Served(app.Services.GetRequiredService<IOptions<ApiOptions>>().Value, settings);
        Map(app, ApiDescription.Path, "OpenApi", served >= Documentation.Description ? DescriptionAsync : NotHereAsync);
        Map(app, $"/{SwaggerPage.Prefix}/{{**{FileParameter}}}", "Docs", served >= Documentation.Page ? PageAsync : NotHereAsync);
    }

    internal static Documentation Served(ApiOptions options, HostSettings settings) =>
        options.Documentation ?? (settings.IsDevelopment ? Documentation.Page : Documentation.Description);

    private static void Map(WebApplication app, string path, string name, RequestDelegate answer) =>
        app.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], answer)
            .AllowAnonymous().WithName(name).RequireRateLimiting(HostLimits.Documents.Name).ExcludeFromDescription();

    private static Task DescriptionAsync(HttpContext context) => AnswerAsync(context, store => store.DescriptionAsync());

    private static Task PageAsync(HttpContext context)
    {
        var file = context.Request.RouteValues[FileParameter] as string ?? "";
        if (file.Length == 0)
        {
            context.Response.Redirect($"/{SwaggerPage.Prefix}/{SwaggerPage.FirstFile}");
            return Task.CompletedTask;
        }

        return SwaggerPage.Files.Contains(file, StringComparer.Ordinal)
            ? AnswerAsync(context, store => store.PageFileAsync(file))
            : NotHereAsync(context);
    }

    private static Task AnswerAsync(HttpContext context, Func<DocumentStore, Task<Document>> find)
    {
        var services = context.RequestServices;
        return services.GetRequiredService<DocumentReaders>().AnswerAsync(
            context, async () => await DocumentAnswer.WriteAsync(context, await find(services.GetRequiredService<DocumentStore>())));
    }

    private static Task NotHereAsync(HttpContext context) =>
        ProblemDocument.WriteAsync(context, BareStatus.ToProblem(StatusCodes.Status404NotFound));
}
