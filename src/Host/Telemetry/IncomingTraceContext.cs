using System.Diagnostics;

namespace Tokens.Host.Telemetry;

/// <summary>
/// Takes of a request's trace context the trace that it continues, and nothing else: <c>tracestate</c> and <c>baggage</c> are texts of
/// the client's choice, which would go on with every call that the request causes.
/// </summary>
internal sealed class IncomingTraceContext : DistributedContextPropagator
{
    private const string TraceParent = "traceparent";
    private static readonly DistributedContextPropagator Standard = CreateW3CPropagator();

    public override IReadOnlyCollection<string> Fields { get; } = [TraceParent];

    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState)
    {
        Standard.ExtractTraceIdAndState(carrier, getter, out traceId, out _);
        traceState = null;
    }

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter)
    {
        if (activity?.Id is { } id)
        {
            setter?.Invoke(carrier, TraceParent, id);
        }
    }
}

internal static class IncomingTraceContextRegistration
{
    /// <summary>Has the application's server read trace contexts so.</summary>
    internal static void AddIncomingTraceContext(this IServiceCollection services) =>
        services.AddSingleton<DistributedContextPropagator, IncomingTraceContext>();
}
