using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Tokens.Host.Api.Documents;

/// <summary>Makes each document of the process once, at its first request, and keeps it.</summary>
internal sealed class DocumentStore(IServiceProvider services, IOptions<ApiOptions> options)
{
    // What is kept is bounded by the documents that are mapped: no name comes from a client.
    private readonly ConcurrentDictionary<string, Lazy<Task<Document>>> _documents = new(StringComparer.Ordinal);

    internal Task<Document> DescriptionAsync() => OnceAsync(ApiDescription.Path, async () =>
        Create(ApiDescription.ContentType, await ApiDescription.BuildAsync(services), isText: true));

    /// <summary>Returns a file of the page, one of <see cref="SwaggerPage.Files"/>.</summary>
    internal Task<Document> PageFileAsync(string file) => OnceAsync(file, async () =>
    {
        var (contentType, content) = await SwaggerPage.ReadAsync(services, file);
        return Create(contentType, content, isText: !contentType.StartsWith("image/", StringComparison.Ordinal));
    });

    private Document Create(string contentType, byte[] content, bool isText) => Document.Create(
        contentType, content, isText && options.Value.Compression && content.Length >= options.Value.CompressionBytesMin);

    private async Task<Document> OnceAsync(string name, Func<Task<Document>> make)
    {
        var once = _documents.GetOrAdd(name, _ => new Lazy<Task<Document>>(() => Task.Run(make)));
        try
        {
            return await once.Value;
        }
        catch
        {
            // The next request tries again.
            _documents.TryRemove(new(name, once));
            throw;
        }
    }
}
