using System.Diagnostics;

namespace Tokens.Testing;

/// <summary>A file system of its own and of a few megabytes, in memory, which a test may fill to the last byte; takes root.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private SmallDisk()
    {
    }

    internal string Path => _directory.Path;

    private string Ballast => _directory.File("ballast");

    /// <summary>Mounts it, for everybody to write to.</summary>
    /// <exception cref="InvalidOperationException">This process may not mount.</exception>
    internal static async Task<SmallDisk> MountAsync(int megabytes)
    {
        var disk = new SmallDisk();
        try
        {
            await RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=1777", "tmpfs", disk.Path);
            return disk;
        }
        catch
        {
            disk._directory.Dispose();
            throw;
        }
    }

    /// <summary>Leaves no byte free; what has been written stays and can be read.</summary>
    internal void Fill()
    {
        using var ballast = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        var block = new byte[64 * 1024];
        try
        {
            while (true)
            {
                ballast.Write(block);
            }
        }
        catch (IOException)
        {
            // Full: that is what it was for.
        }
    }

    /// <summary>Gives the room back.</summary>
    internal void Empty() => File.Delete(Ballast);

    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", "--lazy", Path);
        _directory.Dispose();
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"This test mounts a small disk, which takes root and a kernel that lets it: {program} gave {process.ExitCode}.");
        }
    }
}
