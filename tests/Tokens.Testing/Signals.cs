using System.Runtime.InteropServices;

namespace Tokens.Testing;

/// <summary>Signals to processes that a test has started.</summary>
public static class Signals
{
    private const int SigTerm = 15;
    private const int SigCont = 18;
    private const int SigStop = 19;

    /// <summary>Asks it to end.</summary>
    public static void Terminate(int processId) => Send(processId, SigTerm);

    /// <summary>Freezes it.</summary>
    public static void Stop(int processId) => Send(processId, SigStop);

    /// <summary>Lets it go on.</summary>
    public static void Continue(int processId) => Send(processId, SigCont);

    private static void Send(int processId, int signal)
    {
        if (Kill(processId, signal) != 0)
        {
            throw new InvalidOperationException($"Signal {signal} could not be sent: {Marshal.GetLastPInvokeError()}.");
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
