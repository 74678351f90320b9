using Microsoft.AspNetCore.Http;
using Tokens.Platform.Problems;

namespace Tokens.Platform.RateLimits;

/// <summary>
/// The header fields <c>RateLimit-Policy</c> and <c>RateLimit</c> (draft-ietf-httpapi-ratelimit-headers) of a counted request, and
/// the document of a refused one.
/// </summary>
/// <param name="Policy">The policy's name.</param>
/// <param name="Quota">Requests that the policy allows in a window.</param>
/// <param name="Window">The window's length.</param>
/// <param name="Remaining">Requests that are left now.</param>
/// <param name="NextIn">Until one more is; rounded up to whole seconds.</param>
public sealed record RateLimitFields(string Policy, int Quota, TimeSpan Window, int Remaining, TimeSpan NextIn)
{
    private long NextInSeconds => Math.Max(1, (long)Math.Ceiling(NextIn.TotalSeconds));

    /// <summary>Puts the fields on the response, whatever it will be; of several that are put there the last word counts.</summary>
    public void WriteTo(HttpResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);

        // At the last moment: an exception clears the headers that were set before it.
        response.OnStarting(
            static state =>
            {
                var (fields, response) = ((RateLimitFields, HttpResponse))state;
                if (response.Headers.ContainsKey("RateLimit"))
                {
                    // The last that asked is called first.
                    return Task.CompletedTask;
                }

                response.Headers["RateLimit-Policy"] = $"\"{fields.Policy}\";q={fields.Quota};w={Math.Ceiling(fields.Window.TotalSeconds)}";
                response.Headers["RateLimit"] = $"\"{fields.Policy}\";r={fields.Remaining};t={fields.NextInSeconds}";
                return Task.CompletedTask;
            },
            (this, response));
    }

    /// <summary>Answers with 429, telling truly when to come back.</summary>
    public Task RefuseAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        WriteTo(context.Response);
        var problem = new Problem(
            ProblemKind.RateLimited,
            $"Too many requests. Try again in {NextInSeconds} {(NextInSeconds == 1 ? "second" : "seconds")}.")
        {
            RetryAfter = NextIn,
        };
        return ProblemDocument.WriteAsync(context, problem.With("retryAfterSeconds", NextInSeconds));
    }
}
