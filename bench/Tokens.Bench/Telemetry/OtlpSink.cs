using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tokens.Bench.Products;

namespace Tokens.Bench.Telemetry;

/// <summary>Takes whatever is exported to it, and counts the bytes of traces.</summary>
internal sealed class OtlpSink : IAsyncDisposable
{
    private readonly WebApplication _app;
    private long _traceBytes;

    private OtlpSink()
    {
        Address = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Address.ToString());
        _app = builder.Build();
        _app.Run(TakeAsync);
    }

    internal Uri Address { get; }

    internal long TraceBytes => Interlocked.Read(ref _traceBytes);

    internal static async Task<OtlpSink> StartAsync(CancellationToken cancellationToken)
    {
        var sink = new OtlpSink();
        await sink._app.StartAsync(cancellationToken);
        return sink;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        var isTraces = context.Request.Path == "/v1/traces";
        while (true)
        {
            var read = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
            Interlocked.Add(ref _traceBytes, isTraces ? read.Buffer.Length : 0);
            context.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }
}
