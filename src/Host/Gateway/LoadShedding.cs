namespace Tokens.Host.Gateway;

/// <summary>
/// Refuses a request to the API at once while as many of its class are under way as can be answered in good time. A request is under
/// way from the moment its body has been read until a host has answered: a client's pace holds no slot.
/// </summary>
internal sealed class LoadShedding(RequestDelegate next, TrafficClasses classes, GatewayMetrics metrics, Overload overload)
{
    public Task InvokeAsync(HttpContext context)
    {
        var traffic = classes.Of(context);
        return traffic.TryEnter() ? ForwardAsync(context, traffic) : overload.RefuseAsync(context, traffic.Policy);
    }

    private async Task ForwardAsync(HttpContext context, TrafficClass traffic)
    {
        var slot = new RequestSlot(traffic);
        try
        {
            metrics.CountLimited(traffic.Policy, isAllowed: true);
            context.Features.Set(slot);
            await next(context);
        }
        finally
        {
            slot.GiveBack();
        }
    }
}
