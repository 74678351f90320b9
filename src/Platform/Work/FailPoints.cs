using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace Tokens.Platform.Work;

/// <summary>Kills the process at the point that a test has chosen, as a power cut would; does nothing without <see cref="FailPointOptions.File"/>.</summary>
/// <param name="options">Where the choice is read.</param>
public sealed class FailPoints(IOptions<FailPointOptions> options)
{
    private readonly string? _file = options.Value.File;

    /// <summary>Marks a moment between two steps of work that must survive a crash.</summary>
    /// <param name="point">Its name; unique in the product.</param>
    /// <typeparam name="TPoint">The module's fail points.</typeparam>
    public void Reach<TPoint>(TPoint point)
        where TPoint : struct, Enum
    {
        if (_file is null || !File.Exists(_file) || File.ReadAllText(_file).Trim() != point.ToString())
        {
            return;
        }

        // Nothing is flushed, announced or cleaned up.
        using var self = Process.GetCurrentProcess();
        self.Kill();
        self.WaitForExit();
    }
}
