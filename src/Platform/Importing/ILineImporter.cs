using System.Text.Json;

namespace Tokens.Platform.Importing;

/// <summary>Takes over one kind of line of an import file; each module registers its own.</summary>
public interface ILineImporter
{
    /// <summary>What <c>kind</c> says in these lines.</summary>
    string Kind { get; }

    /// <summary>Takes over what isn't yet, and says of each line, in their order, what became of it. Safe to repeat.</summary>
    /// <param name="lines">JSON objects of this kind.</param>
    /// <param name="isDryRun">Whether nothing may be changed.</param>
    /// <param name="cancellationToken">Stops between two writes.</param>
    Task<IReadOnlyList<LineVerdict>> TakeAsync(IReadOnlyList<JsonElement> lines, bool isDryRun, CancellationToken cancellationToken);
}
