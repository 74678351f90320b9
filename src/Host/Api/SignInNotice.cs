using Tokens.Platform.Identity;

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
                await observer.SeenAsync(context.User, context.RequestAborted);
            }
        }

        await next(context);
    }
}
