using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Tokens.Platform.Importing;

/// <summary>Lets modules take part in an import.</summary>
public static class ImportRegistration
{
    /// <summary>Adds the importer of one kind of line.</summary>
    /// <typeparam name="TImporter">The module's own.</typeparam>
    public static void AddLineImporter<TImporter>(this IServiceCollection services)
        where TImporter : class, ILineImporter
    {
        services.AddSingleton<ILineImporter, TImporter>();
        services.TryAddSingleton<FileImport>();
        services.AddOptions<ImportOptions>().BindConfiguration("Import").ValidateDataAnnotations().ValidateOnStart();
    }
}
