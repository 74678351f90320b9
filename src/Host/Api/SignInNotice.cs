using Tokens.Platform.Identity;
using Tokens.Platform.Storage;

namespace Tokens.Host.Api;

/// <summary>Tells the observers who signed in, before the endpoint runs.</summary>
internal sealed class SignInNotice(RequestDelegate next, IEnumerable<ISignInObserver> observers)
{
    private readonly ISignInObserver[] _observers = [.. observers];

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.User.Identity?.IsAuthenticated == true)
        {
            foreach (var observer in _observers)
            {
                await NotifyAsync(observer, context);
            }
        }

        await next(context);
    }

    private static async Task NotifyAsync(ISignInObserver observer, HttpContext context)
    {
        try
        {
            await observer.SeenAsync(context.User, context.RequestAborted);
        }
        // Reads go on while the database takes no changes; the observer is notified again at the member's next request.
        catch (Exception fault) when (IsRead(context.Request.Method) && TransientFaults.IsRefusedWrite(fault))
        {
        }
    }

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
}
