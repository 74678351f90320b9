using Microsoft.AspNetCore.Http;

namespace Tokens.StripeSandbox.Pages;

/// <summary>The pages' style and script, which lie in the assembly.</summary>
internal static class PageFile
{
    internal static RequestDelegate Serve(string name, string contentType)
    {
        var content = Read(name);
        return context =>
        {
            context.Response.ContentType = contentType;
            context.Response.ContentLength = content.Length;
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return context.Response.Body.WriteAsync(content, context.RequestAborted).AsTask();
        };
    }

    private static byte[] Read(string name)
    {
        using var resource = typeof(PageFile).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly was built without {name}.");
        using var content = new MemoryStream();
        resource.CopyTo(content);
        return content.ToArray();
    }
}
