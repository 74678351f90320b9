using System.Diagnostics;
using System.Net.Sockets;
using Tokens.Testing.Products;

namespace Tokens.Testing;

/// <summary>An nginx of one test's own, in front of whatever the test names.</summary>
public sealed class OwnNginx : IAsyncDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly TemporaryDirectory _directory = new();
    private readonly Process _process;
    private readonly Task<string> _errors;

    private OwnNginx(Func<string, string> http)
    {
        var configuration = _directory.File("nginx.conf");
        string[] temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
        File.WriteAllText(configuration, $$"""
            daemon off;
            master_process off;
            pid {{_directory.File("nginx.pid")}};
            events {}
            http {
              access_log off;
            {{string.Join('\n', temporary.Select(kind => $"  {kind}_temp_path {_directory.File(kind)};"))}}
            {{http(Address.Authority)}}
            }
            """);
        var start = new ProcessStartInfo("nginx", ["-p", _directory.Path, "-c", configuration, "-e", "stderr"])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; } = LoopbackPort.Address();

    /// <summary>Starts one that forwards everything and is told nothing else: what a site has that names an address and no more.</summary>
    public static Task<OwnNginx> StartAsync(Uri upstream)
    {
        ArgumentNullException.ThrowIfNull(upstream);
        return StartAsync(listen => $$"""
              server {
                listen {{listen}};
                location / { proxy_pass http://{{upstream.Authority}}; }
              }
            """);
    }

    /// <summary>Starts one with the directives that <paramref name="http"/> makes of the address to listen on.</summary>
    public static async Task<OwnNginx> StartAsync(Func<string, string> http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var nginx = new OwnNginx(http);
        await Eventually.BecomesTrueAsync(nginx.ListensAsync, Soon, "nginx listens");
        return nginx;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        _directory.Dispose();
    }

    private async Task<bool> ListensAsync()
    {
        if (_process.HasExited)
        {
            throw new InvalidOperationException(await _errors);
        }

        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(Address.Host, Address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
