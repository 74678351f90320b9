namespace Tokens.Bench.Products;

/// <summary>Files with a line a member.</summary>
/// <param name="Tokens">The fans' bearer tokens.</param>
/// <param name="Creators">The creators' ids.</param>
/// <param name="OneCreator">One creator's id.</param>
internal sealed record CastFiles(string Tokens, string Creators, string OneCreator)
{
    internal static async Task<CastFiles> WriteAsync(
        string directory, IReadOnlyList<Member> fans, IReadOnlyList<Guid> creatorIds, CancellationToken cancellationToken)
    {
        var files = new CastFiles(
            Path.Combine(directory, "tokens"), Path.Combine(directory, "creators"), Path.Combine(directory, "one-creator"));
        await File.WriteAllLinesAsync(files.Tokens, fans.Select(fan => fan.Token), cancellationToken);
        await File.WriteAllLinesAsync(files.Creators, creatorIds.Select(id => id.ToString()), cancellationToken);
        await File.WriteAllLinesAsync(files.OneCreator, [creatorIds[0].ToString()], cancellationToken);
        return files;
    }
}
