using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Tokens.Host.Api;

/// <summary>
/// Keeps what is written of an answer, flushed or not, until its end; once there are <paramref name="bytesMax"/> bytes of it, or whoever
/// writes it wants no buffers, it goes out as it comes.
/// </summary>
internal sealed class HeldAnswer(IHttpResponseBodyFeature client, int bytesMax) : PipeWriter, IHttpResponseBodyFeature, IDisposable
{
    private const int FirstBytes = 1_024;

    private byte[] _kept = [];
    private int _bytes;
    private int _flushed;
    private bool _passesOn;
    private Stream? _stream;

    public Stream Stream => _stream ??= AsStream(leaveOpen: true);

    public PipeWriter Writer => this;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _passesOn ? client.Writer.UnflushedBytes : _bytes - _flushed;

    /// <summary>The answer's length, if all of it is here; null if it is on its way or there is none.</summary>
    internal int? WholeBytes => _passesOn || _bytes == 0 ? null : _bytes;

    public override Memory<byte> GetMemory(int sizeHint = 0) => _passesOn ? client.Writer.GetMemory(sizeHint) : Free(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        if (_passesOn)
        {
            client.Writer.Advance(bytes);
            return;
        }

        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, _kept.Length - _bytes);
        _bytes += bytes;
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (!_passesOn && _bytes < bytesMax)
        {
            _flushed = _bytes;
            return ValueTask.FromResult(default(FlushResult));
        }

        return PassOnAsync(cancellationToken);
    }

    /// <summary>Lets go of what is kept, and keeps nothing from now on.</summary>
    internal ValueTask<FlushResult> PassOnAsync(CancellationToken cancellationToken)
    {
        PassOn();
        return client.Writer.FlushAsync(cancellationToken);
    }

    public void DisableBuffering()
    {
        PassOn();
        client.DisableBuffering();
    }

    // The headers go out with the first bytes of the body.
    public Task StartAsync(CancellationToken cancellationToken = default) =>
        _passesOn ? client.StartAsync(cancellationToken) : Task.CompletedTask;

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default)
    {
        PassOn();
        return client.SendFileAsync(path, offset, count, cancellationToken);
    }

    public Task CompleteAsync()
    {
        PassOn();
        return client.CompleteAsync();
    }

    public override void Complete(Exception? exception = null)
    {
        PassOn();
        client.Writer.Complete(exception);
    }

    public override void CancelPendingFlush() => client.Writer.CancelPendingFlush();

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_kept);
        _kept = [];
    }

    private void PassOn()
    {
        if (!_passesOn)
        {
            _passesOn = true;
            client.Writer.Write(_kept.AsSpan(0, _bytes));
        }
    }

    private Memory<byte> Free(int sizeHint)
    {
        if (_kept.Length - _bytes < Math.Max(1, sizeHint))
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstBytes, Math.Max(_bytes + sizeHint, _bytes * 2)));
            _kept.AsSpan(0, _bytes).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_kept);
            _kept = larger;
        }

        return _kept.AsMemory(_bytes);
    }
}
