using Tokens.Bench.Load;
using Tokens.Bench.Products;

namespace Tokens.Bench.History;

/// <summary>Tips that go on until they are ended, in stretches.</summary>
internal sealed class TipsMeanwhile
{
    private const int StretchSeconds = 5;

    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<IReadOnlyList<LoadResult>> _stretches;

    internal TipsMeanwhile(Uri gateway, CastFiles files, int connections, CancellationToken cancellationToken) =>
        _stretches = TipAsync(gateway, files, connections, cancellationToken);

    /// <summary>What became of them; waits for the stretch that is under way.</summary>
    internal Task<IReadOnlyList<LoadResult>> EndAsync()
    {
        _end.TrySetResult();
        return _stretches;
    }

    private async Task<IReadOnlyList<LoadResult>> TipAsync(Uri gateway, CastFiles files, int connections, CancellationToken cancellationToken)
    {
        var stretches = new List<LoadResult>();
        do
        {
            stretches.Add(await Wrk.TipAsync(
                gateway, connections, StretchSeconds, files, files.Creators, cancellationToken));
        }
        while (!_end.Task.IsCompleted);

        return stretches;
    }
}
