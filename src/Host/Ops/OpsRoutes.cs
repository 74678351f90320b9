using Tokens.Host.Telemetry;
using Tokens.Platform.Inputs;

namespace Tokens.Host.Ops;

/// <summary>What only operations may ask; no gateway forwards it.</summary>
internal static class OpsRoutes
{
    private const string TextType = "text/plain; version=0.0.4; charset=utf-8";
    private const string OpenMetricsType = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    internal static void Map(IEndpointRouteBuilder routes)
    {
        var all = routes.MapGroup("").DisableHttpMetrics().AllowAnonymous().ExcludeFromDescription().AddEndpointFilter<OpsReadGuard>();
        all.MapGet("/metrics", Metrics).WithName("Metrics");
        all.MapGet("/ops", OpsPage.Page).WithName("OpsPage");
        all.MapGet("/ops/ops.css", OpsPage.Css).WithName("OpsStyle");
        all.MapGet("/ops/ops.js", OpsPage.Js).WithName("OpsScript");
        all.MapGet("/ops/data", GetOpsData.Handle).WithName("GetOpsData");
        all.MapGet("/ops/sandbox/faults", SandboxFaults.Handle).WithName("GetSandboxFaults");

        var acting = all.MapGroup("/ops").AddEndpointFilter<OpsActGuard>().AddEndpointFilter<RefuseBadInput>();
        acting.MapPut("/switches/{name}", TurnSwitch.Handle).WithName("TurnSwitch");
        acting.MapPost("/checks/{name}", RunCheck.Handle).WithName("RunCheck");
        acting.MapMethods("/sandbox/faults", [HttpMethods.Put, HttpMethods.Delete], SandboxFaults.Handle).WithName("SetSandboxFaults");
    }

    private static async Task<IResult> Metrics(HttpRequest request, MetricsExporter exporter, CancellationToken cancellationToken)
    {
        // Prometheus asks for either and says which it likes better; it understands both.
        var isOpen = request.Headers.Accept.Any(accept => accept?.Contains("application/openmetrics-text", StringComparison.Ordinal) == true);
        return isOpen
            ? Results.Text(await exporter.ScrapeAsync(MetricsFormat.OpenMetrics, cancellationToken), OpenMetricsType)
            : Results.Text(await exporter.ScrapeAsync(MetricsFormat.Text, cancellationToken), TextType);
    }
}
