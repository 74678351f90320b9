using Tokens.Host.Api;
using Tokens.Host.Roles;
using Tokens.Platform.Problems;

namespace Tokens.Host.Ops;

/// <summary>The listener for operations, beside the roles and reachable while they are busy.</summary>
internal static class OpsApp
{
    internal static WebApplication Build(WebApplicationBuilder builder, IEnumerable<string> urls, OpsSources sources)
    {
        builder.WebHost.UseUrls([.. urls]);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.AddProblemLog();
        builder.AddOps(sources);
        var app = builder.Build();
        app.UseArrivals();
        app.UseProblemDocuments();
        OpsRoutes.Map(app);
        return app;
    }
}
