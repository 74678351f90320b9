using Microsoft.Extensions.Options;

namespace Tokens.Host.Api;

/// <summary>Holds back the beginning of an answer until it is known to be long, so that a short one goes out as it is.</summary>
internal sealed class ShortAnswers(RequestDelegate next, IOptions<ApiOptions> options)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var client = context.Response.Body;
        await using var held = new HeldBack(client, options.Value.CompressionBytesMin);
        context.Response.Body = held;
        try
        {
            await next(context);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }
        finally
        {
            context.Response.Body = client;
        }

        if (held.Beginning is { Length: > 0 } whole)
        {
            context.Response.ContentLength = whole.Length;
            await client.WriteAsync(whole.GetBuffer().AsMemory(0, (int)whole.Length), context.RequestAborted);
        }
    }

    private sealed class HeldBack(Stream client, int bytesMin) : Stream
    {
        /// <summary>What has been written so far; null once it was long enough to be passed on.</summary>
        internal MemoryStream? Beginning { get; private set; } = new();

        public override bool CanRead => false;

        public override bool CanWrite => true;

        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Beginning is not null)
            {
                if (Beginning.Length + buffer.Length < bytesMin)
                {
                    await Beginning.WriteAsync(buffer, cancellationToken);
                    return;
                }

                var beginning = Beginning;
                Beginning = null;
                await client.WriteAsync(beginning.GetBuffer().AsMemory(0, (int)beginning.Length), cancellationToken);
            }

            await client.WriteAsync(buffer, cancellationToken);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        // Nobody waits for the beginning alone: event streams are not compressed.
        public override Task FlushAsync(CancellationToken cancellationToken) =>
            Beginning is null ? client.FlushAsync(cancellationToken) : Task.CompletedTask;

        public override void Flush() => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
