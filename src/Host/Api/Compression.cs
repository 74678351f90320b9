using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Tokens.Platform.Answers;

namespace Tokens.Host.Api;

/// <summary>
/// Compresses long answers of routes that say that theirs may be, over https too: the length of a compressed answer that mixes a
/// secret with text of an attacker's choice would give the secret away, so nothing is compressed unasked.
/// </summary>
internal static class Compression
{
    internal static void AddCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = ["application/json", "text/csv"];
        });
        services.Replace(ServiceDescriptor.Singleton<IResponseCompressionProvider, LongAnswers>());
    }

    internal static void UseCompression(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<ApiOptions>>().Value;
        if (options.Compression)
        {
            app.UseWhen(
                IsChosen,
                chosen => chosen
                    .Use(static (context, next) =>
                    {
                        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
                        return next(context);
                    })
                    .UseResponseCompression()
                    .UseMiddleware<WholeAnswers>(options.CompressionBytesMin));
        }
    }

    private static bool IsChosen(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && context.GetEndpoint()?.Metadata.GetMetadata<CompressibleAnswer>() is not null;

    private sealed class LongAnswers(
        IServiceProvider services, IOptions<ResponseCompressionOptions> options, IOptions<ApiOptions> api)
        : ResponseCompressionProvider(services, options)
    {
        // The length is known of files, and of what was held back until its end.
        public override bool ShouldCompressResponse(HttpContext context) =>
            !(context.Response.ContentLength < api.Value.CompressionBytesMin) && base.ShouldCompressResponse(context);
    }
}
