using System.Collections.Concurrent;
using Tokens.Wallet.Contracts;

namespace Tokens.Wallet.Tests.Outbox;

/// <summary>Remembers what it was told, and fails where a test wants it to.</summary>
internal sealed class TestSubscriber(string name) : IPostingSubscriber
{
    private readonly ConcurrentQueue<PostedBatch> _taken = new();

    public string Name { get; } = name;

    /// <summary>Throws what a batch is to fail with.</summary>
    internal Action<PostedBatch> Check { get; set; } = _ => { };

    internal IReadOnlyCollection<PostedBatch> Taken => _taken;

    internal IEnumerable<PostedEntry> Entries => _taken.SelectMany(batch => batch.Entries);

    public Task TakeAsync(IReadOnlyList<PostedBatch> batches, CancellationToken cancellationToken)
    {
        foreach (var batch in batches)
        {
            Check(batch);
        }

        foreach (var batch in batches)
        {
            _taken.Enqueue(batch);
        }

        return Task.CompletedTask;
    }
}
