using Microsoft.AspNetCore.Http;

namespace Tokens.Platform.Inputs;

/// <summary>Endpoint filter, set once for all modules: answers 400, 413 or 415 before a handler sees wrong input.</summary>
public sealed class RefuseBadInput : IEndpointFilter
{
    /// <inheritdoc />
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        foreach (var argument in context.Arguments)
        {
            if (argument is IBoundInput { Problem: { } problem })
            {
                return ValueTask.FromResult<object?>(problem);
            }
        }

        return next(context);
    }
}
