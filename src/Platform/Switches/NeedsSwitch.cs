using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Tokens.Platform.Switches;

/// <summary>Endpoint metadata: the route is served only while a switch is on.</summary>
/// <param name="Switch">Which.</param>
/// <param name="ReadsPass">Whether requests that change nothing are served all the same.</param>
public sealed record NeedsSwitch(Switch Switch, bool ReadsPass)
{
    internal bool IsFor(HttpRequest request) => !ReadsPass || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));
}

/// <summary>Endpoint metadata: the route is served without a switch that its group needs.</summary>
/// <param name="Switch">Which.</param>
/// <param name="Reason">A sentence for whoever reviews the route.</param>
public sealed record ServedWithoutSwitch(Switch Switch, string Reason);

/// <summary>Says at a route what it needs.</summary>
public static class SwitchConvention
{
    /// <summary>While the switch is off the route answers 503 <c>switched_off</c> with its sentence, and does nothing.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder route, Switch one)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new NeedsSwitch(one, ReadsPass: false));

    /// <summary>Serves the route also while the switch that its group needs is off.</summary>
    public static TBuilder ServedWithout<TBuilder>(this TBuilder route, Switch one, string reason)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new ServedWithoutSwitch(one, reason));

    /// <summary>The same for all but GET and HEAD.</summary>
    public static TBuilder NeedsForChanges<TBuilder>(this TBuilder route, Switch one)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new NeedsSwitch(one, ReadsPass: true));
}
