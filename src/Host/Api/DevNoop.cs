using Microsoft.AspNetCore.Http.HttpResults;
using Tokens.Host.Roles;
using Tokens.Platform.Inputs;
using Tokens.Platform.Time;
using static Tokens.Host.Api.DevRoutes;

namespace Tokens.Host.Api;

/// <summary>
/// POST /dev/noop: a request that is signed in, read and answered, and nothing else: what the way through the product costs. In
/// Development and while every listener is on loopback.
/// </summary>
internal static class DevNoop
{
    private const string Path = "/dev/noop";

    internal sealed record Request(string? Message) : IInput<Request>
    {
        private static readonly TextRule MessageRule = new("message", "Invalid message", 32 * 1024);

        public static Request Read(InputReader input) => new(input.Body.OptionalText(MessageRule));
    }

    internal sealed record Response(bool Success, DateTime Timestamp);

    // Mapped everywhere, as DevToken is.
    internal static void Map(IEndpointRouteBuilder routes, HostSettings settings)
    {
        var route = IsPrivate(settings)
            ? routes.MapPost(Path, Handle).AddEndpointFilter<RefuseBadInput>().RequireAuthorization()
            : routes.Map(Path, () => NotHere).ExcludeFromDescription().AllowAnonymous();
        route.WithName("DevNoop").WithTags("Development").WithSummary("Reads a JSON body and does nothing, on a developer's machine only");
    }

    // The body is bound although nobody looks at it: reading it is part of the way.
    private static Ok<Response> Handle(Input<Request> input, TimeProvider time) => TypedResults.Ok(new Response(true, time.UtcNow()));
}
