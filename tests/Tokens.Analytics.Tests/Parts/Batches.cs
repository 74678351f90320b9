using Tokens.Wallet.Contracts;

namespace Tokens.Analytics.Tests.Parts;

/// <summary>Batches as the wallet tells of them.</summary>
internal static class Batches
{
    internal static PostedBatch Tip(Guid fan, Guid creator, long tokens, DateTime at) => Of(TransferKind.Tip, fan, creator, tokens, at);

    internal static PostedBatch Of(TransferKind kind, Guid from, Guid to, long tokens, DateTime at)
    {
        var posting = Guid.CreateVersion7();
        return new PostedBatch(
            Guid.CreateVersion7(),
            at,
            [new PostedEntry(posting, from, kind, -tokens, to, at), new PostedEntry(posting, to, kind, tokens, from, at)]);
    }

    internal static PostedBatch Card(Guid member, TransferKind kind, long tokens, DateTime at) =>
        new(Guid.CreateVersion7(), at, [new PostedEntry(Guid.CreateVersion7(), member, kind, tokens, null, at)]);
}
