using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Tokens.Platform.Inputs;

/// <summary>Reads the body of a request into memory, up to a limit of the route's own.</summary>
public static class BodyBytes
{
    // What a stranger says about the length of a body is no reason to make room for it.
    private const int FirstBytesMax = 16 * 1024;

    /// <summary>The bytes as they came; null when there are more than <paramref name="bytesMax"/>.</summary>
    /// <exception cref="BadHttpRequestException">The body's framing is broken, or it is too slow.</exception>
    public static Task<ArraySegment<byte>?> ReadAsync(HttpRequest request, int bytesMax, CancellationToken cancellationToken) =>
        ReadAsync(request, bytesMax, budget: null, cancellationToken);

    /// <summary>
    /// Reads the bytes as they come; null when there are more than <paramref name="bytesMax"/>, or more than
    /// <paramref name="budget"/> has left.
    /// </summary>
    /// <exception cref="BadHttpRequestException">The body's framing is broken, or it is too slow.</exception>
    public static async Task<ArraySegment<byte>?> ReadAsync(
        HttpRequest request, int bytesMax, IBodyBudget? budget, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.ContentLength > bytesMax)
        {
            return null;
        }

        var body = new MemoryStream((int)Math.Min(request.ContentLength ?? FirstBytesMax, FirstBytesMax));
        while (true)
        {
            var read = await NextAsync(request, cancellationToken);
            var fits = body.Length + read.Buffer.Length <= bytesMax
                && (budget is null || read.Buffer.IsEmpty || budget.TryTake((int)read.Buffer.Length));
            if (fits)
            {
                foreach (var segment in read.Buffer)
                {
                    body.Write(segment.Span);
                }
            }

            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (!fits)
            {
                return null;
            }

            if (read.IsCompleted)
            {
                return new ArraySegment<byte>(body.GetBuffer(), 0, (int)body.Length);
            }
        }
    }

    /// <summary>
    /// Reads a body that has arrived whole and has at most <paramref name="bytesMax"/> bytes, without waiting. Of any other body nothing
    /// is taken.
    /// </summary>
    /// <exception cref="BadHttpRequestException">The body's framing is broken.</exception>
    public static bool TryReadArrived(HttpRequest request, int bytesMax, out ArraySegment<byte> body)
    {
        ArgumentNullException.ThrowIfNull(request);
        body = default;
        if (request.ContentLength > bytesMax || !TryNext(request, out var read))
        {
            return false;
        }

        if (!read.IsCompleted || read.Buffer.Length > bytesMax)
        {
            // Not marked as examined: the next read must return these bytes without waiting for more.
            request.BodyReader.AdvanceTo(read.Buffer.Start);
            return false;
        }

        body = new ArraySegment<byte>(read.Buffer.ToArray());
        request.BodyReader.AdvanceTo(read.Buffer.End);
        return true;
    }

    private static bool TryNext(HttpRequest request, out ReadResult read)
    {
        try
        {
            return request.BodyReader.TryRead(out read);
        }
        catch (IOException fault) when (fault is not BadHttpRequestException)
        {
            throw Unreadable(fault);
        }
    }

    // The server gives most of what is wrong with a body its status, but not a chunk whose size is more than a number holds.
    private static async ValueTask<ReadResult> NextAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await request.BodyReader.ReadAsync(cancellationToken);
        }
        catch (IOException fault) when (fault is not BadHttpRequestException)
        {
            throw Unreadable(fault);
        }
    }

    private static BadHttpRequestException Unreadable(IOException fault) =>
        new("The body's framing can't be read.", StatusCodes.Status400BadRequest, fault);
}
