using Swashbuckle.AspNetCore.SwaggerUI;

namespace Tokens.Host.Api.Documents;

/// <summary>The files of the page at <c>/docs</c>, as Swagger UI's own middleware gives them.</summary>
internal static class SwaggerPage
{
    internal const string Prefix = "docs";
    internal const string FirstFile = "index.html";

    /// <summary>All that the page loads, and nothing else of the package.</summary>
    internal static readonly IReadOnlyList<string> Files =
    [
        FirstFile, "index.js", "index.css", "swagger-ui.css", "swagger-ui-bundle.js", "swagger-ui-standalone-preset.js",
        "favicon-16x16.png", "favicon-32x32.png",
    ];

    /// <summary>Asks the middleware for one file: it unpacks and fills in at each request what never changes.</summary>
    /// <exception cref="InvalidOperationException">The package has no such file.</exception>
    internal static async Task<(string ContentType, byte[] Content)> ReadAsync(IServiceProvider services, string file)
    {
        var page = new ApplicationBuilder(services);
        page.UseSwaggerUI(Describe);
        page.Run(static context => throw new InvalidOperationException($"Swagger UI has no file for {context.Request.Path}."));
        await using var scope = services.CreateAsyncScope();
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Request.Method = HttpMethods.Get;
        context.Request.Path = $"/{Prefix}/{file}";
        context.Response.Body = body;
        await page.Build()(context);
        return (context.Response.ContentType ?? "application/octet-stream", body.ToArray());
    }

    private static void Describe(SwaggerUIOptions page)
    {
        page.RoutePrefix = Prefix;
        page.DocumentTitle = "Tokens API";
        page.SwaggerEndpoint(ApiDescription.Path, "Tokens v1");
    }
}
