using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Tokens.Platform.Problems;

namespace Tokens.Platform.Switches;

/// <summary>Refuses, before anything is read or counted, what is switched off.</summary>
internal sealed class SwitchGate(RequestDelegate next, SwitchBoard board, IOptions<SwitchOptions> options)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (MissingFor(context) is { } missing)
        {
            await ProblemDocument.WriteAsync(context, new Problem(ProblemKind.SwitchedOff, missing.Sentence)
            {
                RetryAfter = TimeSpan.FromSeconds(options.Value.RetryAfterSeconds),
            });
            return;
        }

        await next(context);
    }

    private Switch? MissingFor(HttpContext context)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        foreach (var needed in metadata?.GetOrderedMetadata<NeedsSwitch>() ?? [])
        {
            if (!board.IsOn(needed.Switch) && needed.IsFor(context.Request)
                && !metadata!.GetOrderedMetadata<ServedWithoutSwitch>().Any(exempt => exempt.Switch == needed.Switch))
            {
                return needed.Switch;
            }
        }

        return null;
    }
}
