using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Tokens.StripeSandbox.Charges;

internal static class ChargeRoutes
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/sandbox/charges", ListAllCharges.Handle);
}
