using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Tokens.Platform.Work;

/// <summary>Registers <see cref="FailPoints"/>.</summary>
public static class FailPointRegistration
{
    /// <summary>Adds <see cref="FailPoints"/>; repeating it changes nothing. The start fails where a file is set outside Development.</summary>
    public static void AddFailPoints(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Services.Any(service => service.ServiceType == typeof(FailPoints)))
        {
            return;
        }

        builder.Services.AddOptions<FailPointOptions>().BindConfiguration("FailPoints")
            .Validate(options => options.File is null || builder.Environment.IsDevelopment(), "FailPoints:File is for Development only.")
            .ValidateOnStart();
        builder.Services.AddSingleton<FailPoints>();
    }
}
