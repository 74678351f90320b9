using System.Runtime.InteropServices;

namespace Tokens.Testing;

/// <summary>A signal that is sent to a process by its id.</summary>
internal sealed class UnixSignal
{
    internal static readonly UnixSignal Interrupt = new(2);
    internal static readonly UnixSignal Quit = new(3);
    internal static readonly UnixSignal Terminate = new(15);
    internal static readonly UnixSignal Continue = new(18);
    internal static readonly UnixSignal Stop = new(19);

    private const int NoSuchProcess = 3;

    private readonly int _number;

    private UnixSignal(int number) => _number = number;

    /// <summary>Sends it; a process that has gone meanwhile needs none.</summary>
    internal void Send(int processId)
    {
        if (Kill(processId, _number) != 0 && Marshal.GetLastPInvokeError() is var error and not NoSuchProcess)
        {
            throw new InvalidOperationException($"Signal {_number} could not be sent to process {processId}: error {error}.");
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
