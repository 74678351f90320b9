using Tokens.Testing.Products;
using Tokens.Testing.Running;

namespace Tokens.Survival.Tests.Running;

/// <summary>A product whose process dies at the fail point that a test has chosen, and comes back.</summary>
internal sealed class FailingProduct
{
    private static readonly TimeSpan DiesWithin = TimeSpan.FromSeconds(90);
    private readonly Installation _installation;
    private readonly string _file;
    private ProductProcess _process;

    private FailingProduct(Installation installation, string file, ProductProcess process) =>
        (_installation, _file, _process) = (installation, file, process);

    internal static async Task<FailingProduct> StartAsync(Installation installation)
    {
        var file = Path.Combine(installation.DataDirectory, "fail-point");
        installation.Settings["FailPoints__File"] = file;
        return new FailingProduct(installation, file, await installation.StartAsync());
    }

    /// <summary>Has the process die at the point.</summary>
    internal void FailAt(string point)
    {
        // Replaced as a whole: the process reads it at any time.
        File.WriteAllText(_file + ".new", point);
        File.Move(_file + ".new", _file, overwrite: true);
    }

    /// <summary>Waits for the process's death, and starts the next one, which lives.</summary>
    internal async Task ComeBackAsync()
    {
        await _process.WaitForExitAsync(DiesWithin);
        File.Delete(_file);
        _process = await _installation.StartAsync();
    }

    /// <summary>Waits for the process's death, and starts another one in its place that dies at the point as soon as it comes to it.</summary>
    internal async Task FailAgainAtAsync(string point)
    {
        await _process.WaitForExitAsync(DiesWithin);
        FailAt(point);
        // Its worker may come to the point before anybody saw it ready.
        _process = _installation.Launch();
    }

    /// <summary>Kills the process, and starts one with these arguments in its place.</summary>
    internal async Task ReplaceAsync(params string[] arguments)
    {
        await _process.KillAsync();
        _process = _installation.Launch(arguments);
    }
}
