using System.Text.Json;
using Tokens.Platform.Inputs;

namespace Tokens.Platform.Importing;

/// <summary>Reads lines by the rules of requests' bodies, and refuses those with a fault. An empty text counts as missing.</summary>
/// <typeparam name="TLine">What a line says.</typeparam>
public abstract class LineImporter<TLine> : ILineImporter
    where TLine : class
{
    /// <inheritdoc />
    public abstract string Kind { get; }

    /// <inheritdoc />
    public async Task<IReadOnlyList<LineVerdict>> TakeAsync(
        IReadOnlyList<JsonElement> lines, bool isDryRun, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var verdicts = new LineVerdict[lines.Count];
        var (sound, places) = (new List<TLine>(), new List<int>());
        for (var i = 0; i < lines.Count; i++)
        {
            var input = new InputReader(lines[i]);
            var line = Read(input);
            if (input.Faults.Sentences is { } reason)
            {
                verdicts[i] = LineVerdict.Refused(reason);
                continue;
            }

            sound.Add(line);
            places.Add(i);
        }

        var taken = sound.Count == 0 ? [] : await TakeAsync(sound, isDryRun, cancellationToken);
        for (var i = 0; i < places.Count; i++)
        {
            verdicts[places[i]] = taken[i];
        }

        return verdicts;
    }

    /// <summary>Reads a line's fields from the body of <paramref name="input"/>; what has a fault is used no further.</summary>
    protected abstract TLine Read(InputReader input);

    /// <summary>As <see cref="ILineImporter.TakeAsync"/>, for lines without a fault.</summary>
    protected abstract Task<IReadOnlyList<LineVerdict>> TakeAsync(
        IReadOnlyList<TLine> lines, bool isDryRun, CancellationToken cancellationToken);
}
