using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace Tokens.Payments.Survival;

/// <summary>Ends the process where a test of survival wants it to end; does nothing unless <see cref="CrashOptions"/> name a point.</summary>
internal sealed class CrashPoints(IOptions<CrashOptions> options)
{
    private readonly CrashPoint? _at = options.Value.CrashAt;

    internal void Reach(CrashPoint point)
    {
        if (_at == point)
        {
            // As an operator's SIGKILL: nothing is flushed, told or cleaned up.
            using var self = Process.GetCurrentProcess();
            self.Kill();
            self.WaitForExit();
        }
    }
}
