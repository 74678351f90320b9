using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Tokens.Platform.Importing;

/// <summary>Cuts a file into lines without ever holding more of it than one.</summary>
internal static class LineStream
{
    /// <summary>Each line without its end; null for one that is too long.</summary>
    internal static async IAsyncEnumerable<byte[]?> ReadAsync(
        Stream stream, int bytesMax, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        var isTooLong = false;
        while (true)
        {
            var read = await pipe.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                var line = rest.Slice(0, end);
                yield return isTooLong || line.Length > bytesMax ? null : line.ToArray();
                isTooLong = false;
                rest = rest.Slice(rest.GetPosition(1, end));
            }

            if (rest.Length > bytesMax)
            {
                isTooLong = true;
                rest = rest.Slice(rest.End);
            }

            if (read.IsCompleted)
            {
                if (isTooLong || !rest.IsEmpty)
                {
                    yield return isTooLong ? null : rest.ToArray();
                }

                await pipe.CompleteAsync();
                yield break;
            }

            pipe.AdvanceTo(rest.Start, rest.End);
        }
    }
}
