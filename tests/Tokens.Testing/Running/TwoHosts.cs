using Tokens.Testing.Products;

namespace Tokens.Testing.Running;

/// <summary>Two API hosts on one database, each of which may end and come back on its address.</summary>
internal sealed class TwoHosts(Func<ProductProcess> launchFirst, Func<ProductProcess> launchSecond, Uri first, Uri second)
{
    private readonly (Func<ProductProcess> Launch, Uri Address)[] _places = [(launchFirst, first), (launchSecond, second)];
    private readonly ProductProcess[] _processes = new ProductProcess[2];

    internal Uri AddressOf(int host) => _places[host].Address;

    internal async Task StartAsync()
    {
        Launch(0);
        Launch(1);
        await IsReadyAsync(0);
        await IsReadyAsync(1);
    }

    /// <summary>Kills the host as a power cut would.</summary>
    internal Task KillAsync(int host) => _processes[host].KillAsync();

    /// <summary>Asks the host to stop, and waits for its end.</summary>
    internal async Task StopAsync(int host, TimeSpan deadline)
    {
        _processes[host].Terminate();
        await _processes[host].WaitForExitAsync(deadline);
    }

    /// <summary>Freezes the host: its connections stay open and nobody answers.</summary>
    internal void Pause(int host) => _processes[host].Pause();

    /// <summary>Lets a frozen host go on where it was.</summary>
    internal void Resume(int host) => _processes[host].Resume();

    internal async Task StartAgainAsync(int host)
    {
        Launch(host);
        await IsReadyAsync(host);
    }

    private void Launch(int host) => _processes[host] = _places[host].Launch();

    private Task IsReadyAsync(int host) => _processes[host].WaitUntilReadyAsync(_places[host].Address);
}
