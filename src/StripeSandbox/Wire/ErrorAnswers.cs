using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tokens.StripeSandbox.Wire;

/// <summary>Writes refusals, and what nobody expected, as Stripe's error bodies.</summary>
internal sealed partial class ErrorAnswers(RequestDelegate next, ILogger<ErrorAnswers> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (StripeErrorException refusal)
        {
            await StripeAnswer.WriteAsync(context, StripeReply.Of(refusal.Error));
        }
        catch (BadHttpRequestException exception)
        {
            var error = StripeError.InvalidRequest(exception.Message, status: exception.StatusCode);
            await StripeAnswer.WriteAsync(context, StripeReply.Of(error));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            LogCallerGone(logger, context.Request.Method, context.GetEndpoint()?.DisplayName);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            LogFailed(logger, exception, context.Request.Method, context.GetEndpoint()?.DisplayName);
            await StripeAnswer.WriteAsync(
                context, StripeReply.Of(new StripeError(500, "api_error", "An unknown error occurred in the Stripe sandbox.")));
        }
    }

    [LoggerMessage(LogIds.ErrorAnswersFailed, LogLevel.Error, "The sandbox failed on {Method} {Endpoint}")]
    private static partial void LogFailed(ILogger logger, Exception exception, string method, string? endpoint);

    [LoggerMessage(LogIds.ErrorAnswersCallerGone, LogLevel.Debug, "The caller of {Method} {Endpoint} went away before its request was read or answered")]
    private static partial void LogCallerGone(ILogger logger, string method, string? endpoint);
}
