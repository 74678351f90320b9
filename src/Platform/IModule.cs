using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Tokens.Platform;

/// <summary>
/// A module of the product: a name and two verbs. The host holds the one list of modules and calls both once, at start.
/// </summary>
public interface IModule
{
    /// <summary>Lower-case name, 1 to 32 letters: the module's database schema, and the prefix of its policies and meters.</summary>
    string Name { get; }

    /// <summary>Registers everything that the module owns: storage, options, services, health checks, meters, workers.</summary>
    void AddServices(IHostApplicationBuilder builder);

    /// <summary>Maps the module's routes under the given builder, whose conventions (sign-in, input checks) the host has set.</summary>
    void MapEndpoints(IEndpointRouteBuilder routes);
}
