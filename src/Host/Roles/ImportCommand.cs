using Tokens.Platform.Importing;
using Tokens.Platform.Problems;
using Tokens.Platform.Storage;

namespace Tokens.Host.Roles;

/// <summary><c>--import FILE</c>, with <c>--dry-run</c> perhaps: takes over what an older system had, says how far it is, and ends.</summary>
internal sealed record ImportCommand(string Path, bool IsDryRun)
{
    /// <summary>The exit code when something was refused: all else is taken over.</summary>
    internal const int SomeRefused = 2;

    private const string Option = "--import";
    private const string DryRun = "--dry-run";

    private string RefusalsPath => Path + ".refused";

    /// <summary>Takes its arguments out of the list; null when nothing is to be imported.</summary>
    internal static ImportCommand? Take(List<string> arguments)
    {
        var isDryRun = arguments.Remove(DryRun);
        var at = arguments.IndexOf(Option);
        if (at < 0)
        {
            return isDryRun ? throw new SettingsException($"{DryRun} goes with {Option} FILE.") : null;
        }

        if (at + 1 >= arguments.Count)
        {
            throw new SettingsException($"{Option}: name the file.");
        }

        var path = arguments[at + 1];
        arguments.RemoveRange(at, 2);
        return new ImportCommand(path, isDryRun);
    }

    /// <summary>0, <see cref="SomeRefused"/>, or 1 when it stopped before the end.</summary>
    internal async Task<int> RunAsync(AppFactory factory, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read);
        await using var product = await Product.StartForCommandAsync(factory, cancellationToken);
        var counts = new ImportCounts();
        try
        {
            await using (var refusals = new StreamWriter(RefusalsPath))
            {
                counts = await product.Api!.Services.GetRequiredService<FileImport>().RunAsync(
                    file, IsDryRun, refusals, each => Tell(counts = each, file), cancellationToken);
            }

            return Conclude(counts);
        }
        catch (Exception fault) when (TransientFaults.Covers(fault) || fault is ProblemException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(
                $"Stopped at line {counts.Lines:N0}: {fault.Message} Run it again: what is taken over stays so, and is not taken over twice.");
            return 1;
        }
        finally
        {
            await product.StopAsync();
        }
    }

    private static void Tell(ImportCounts counts, FileStream file) => Console.WriteLine(
        $"{(file.Length == 0 ? 100 : file.Position * 100 / file.Length)} %: {counts.Lines:N0} lines, {counts.Refused:N0} refused");

    private int Conclude(ImportCounts counts)
    {
        Console.WriteLine(IsDryRun ? "Nothing was changed. A run would end so:" : "Done:");
        foreach (var (kind, taken, known, refused) in counts.ByKind)
        {
            Console.WriteLine($"  {kind}: {taken:N0} taken over, {known:N0} were before, {refused:N0} refused");
        }

        if (counts.Refused == 0)
        {
            File.Delete(RefusalsPath);
            return 0;
        }

        Console.WriteLine($"What was refused, by line: {RefusalsPath}");
        return SomeRefused;
    }
}
