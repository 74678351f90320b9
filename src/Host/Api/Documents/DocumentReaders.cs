using Microsoft.Extensions.Options;
using Tokens.Platform.Problems;

namespace Tokens.Host.Api.Documents;

/// <summary>Limits how many clients read documents at once, because they need no sign-in and a slow one holds a connection and its buffers.</summary>
internal sealed class DocumentReaders(IOptions<ApiOptions> options)
{
    private static readonly Problem TooMany = new(ProblemKind.Overloaded, "Too many clients read the documentation. Please try again in a moment.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    private readonly int _readersMax = options.Value.DocumentReadersMax;
    private int _readers;

    /// <summary>Runs <paramref name="answer"/>, or answers 503 while as many run as may.</summary>
    internal async Task AnswerAsync(HttpContext context, Func<Task> answer)
    {
        try
        {
            await (Interlocked.Increment(ref _readers) <= _readersMax ? answer() : ProblemDocument.WriteAsync(context, TooMany));
        }
        finally
        {
            Interlocked.Decrement(ref _readers);
        }
    }
}
