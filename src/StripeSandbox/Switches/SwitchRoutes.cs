using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.Switches;

/// <summary>The routes of one set of switches, each answering those in force. Members in camel case, unlike Stripe's own.</summary>
internal static class SwitchRoutes
{
    internal static void Map<T>(IEndpointRouteBuilder routes, string path, Func<SwitchReader, SandboxOptions, T> read)
        where T : class, ISwitches, new()
    {
        routes.MapGet(path, context => AnswerAsync(context, Switches<T>(context).Current));
        routes.MapPut(path, async context =>
        {
            var reader = await SwitchReader.ReadAsync(context);
            var switches = read(reader, context.RequestServices.GetRequiredService<IOptions<SandboxOptions>>().Value);
            reader.RefuseOthers();
            await AnswerAsync(context, await Switches<T>(context).SetAsync(switches));
        });
        routes.MapDelete(path, async context => await AnswerAsync(context, await Switches<T>(context).SetAsync(new T())));
    }

    private static StoredSwitches<T> Switches<T>(HttpContext context)
        where T : class, ISwitches, new() => context.RequestServices.GetRequiredService<StoredSwitches<T>>();

    private static Task AnswerAsync<T>(HttpContext context, T switches) => StripeAnswer.WriteAsync(
        context, new StripeReply(StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(switches, JsonSerializerOptions.Web)));
}
