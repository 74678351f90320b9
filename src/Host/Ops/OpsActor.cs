using Microsoft.AspNetCore.Http.Features;

namespace Tokens.Host.Ops;

/// <summary>Who acts on the operations page, for the log.</summary>
/// <param name="Name">An administrator's id, or <see cref="LocalName"/>.</param>
internal sealed record OpsActor(string Name)
{
    internal const string LocalName = "a connection from this machine";

    /// <summary>Returns the actor of a request that <see cref="OpsActGuard"/> let pass.</summary>
    internal static OpsActor Of(HttpContext context) => context.Features.GetRequiredFeature<OpsActor>();
}
