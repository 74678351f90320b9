using Tokens.Host.Roles;

namespace Tokens.Host.Tests.Roles;

public sealed class SharedReadTests
{
    [Fact]
    public async Task Callers_that_wait_at_once_share_the_read_after_the_one_that_runs()
    {
        var reads = new List<TaskCompletionSource<int>>();
        var started = new SemaphoreSlim(0);
        var shared = new SharedRead<int>(() =>
        {
            var read = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (reads)
            {
                reads.Add(read);
            }

            started.Release();
            return read.Task;
        });

        var first = shared.ReadAsync(CancellationToken.None);
        await started.WaitAsync();
        var others = Enumerable.Range(0, 100).Select(_ => shared.ReadAsync(CancellationToken.None)).ToList();
        reads.Count.ShouldBe(1);
        reads[0].SetResult(1);
        await started.WaitAsync();
        reads[1].SetResult(2);

        (await first).ShouldBe(1);
        (await Task.WhenAll(others)).ShouldAllBe(value => value == 2);
        reads.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_read_that_fails_fails_for_its_callers_only()
    {
        var calls = 0;
        var shared = new SharedRead<int>(() => ++calls == 1 ? Task.FromException<int>(new IOException("once")) : Task.FromResult(calls));

        await Should.ThrowAsync<IOException>(() => shared.ReadAsync(CancellationToken.None));

        (await shared.ReadAsync(CancellationToken.None)).ShouldBe(2);
    }

    [Fact]
    public async Task A_caller_that_leaves_does_not_end_the_read_of_the_others()
    {
        var read = new TaskCompletionSource<int>();
        var shared = new SharedRead<int>(() => read.Task);
        using var leaves = new CancellationTokenSource();
        var left = shared.ReadAsync(leaves.Token);
        var stays = shared.ReadAsync(CancellationToken.None);

        await leaves.CancelAsync();
        read.SetResult(7);

        await Should.ThrowAsync<OperationCanceledException>(() => left);
        (await stays).ShouldBe(7);
    }
}
