namespace Tokens.Bench.Products;

/// <summary>Who tips and who is tipped, and the files from which the load generator reads them.</summary>
internal sealed record Cast(IReadOnlyList<Member> Fans, IReadOnlyList<Guid> CreatorIds, CastFiles Files)
{
    // Tips are of one token, so no run empties a wallet.
    private const long StartTokens = 1_000_000_000;

    /// <summary>Makes them through the product's own routes.</summary>
    /// <param name="directory">Gets the files.</param>
    /// <param name="others">Creators that are there already and are tipped too.</param>
    internal static async Task<Cast> MakeAsync(
        Admin admin, SignIns signIns, int members, IReadOnlyList<Guid> others, string directory, CancellationToken cancellationToken)
    {
        Member[] fans = [.. Enumerable.Range(0, members).Select(_ => signIns.NewMember())];
        Member[] creators = [.. Enumerable.Range(0, members).Select(_ => signIns.NewMember(isCreator: true))];
        await admin.PutMembersAsync(fans, areCreators: false, cancellationToken);
        await admin.PutMembersAsync(creators, areCreators: true, cancellationToken);
        await admin.GiveAsync(fans, StartTokens, cancellationToken);
        await admin.ShowAsync(fans, cancellationToken);
        Guid[] creatorIds = [.. creators.Select(creator => creator.Id), .. others];
        return new Cast(fans, creatorIds, await CastFiles.WriteAsync(directory, fans, creatorIds, cancellationToken));
    }
}
