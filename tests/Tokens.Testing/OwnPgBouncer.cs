using System.Diagnostics;
using Npgsql;
using Tokens.Testing.Products;

namespace Tokens.Testing;

/// <summary>A PgBouncer of one test's own in front of a PostgreSQL server.</summary>
public sealed class OwnPgBouncer : IAsyncDisposable
{
    private static readonly TimeSpan Soon = Eventually.Deadline;

    private readonly TemporaryDirectory _directory = new();
    private readonly int _port = LoopbackPort.Free();
    private Process? _process;

    private OwnPgBouncer()
    {
    }

    /// <summary>Starts one, which takes everyone in.</summary>
    /// <param name="server">Npgsql connection string of the server behind it.</param>
    /// <param name="settings">Lines of its configuration, such as <c>pool_mode = transaction</c>.</param>
    public static async Task<OwnPgBouncer> StartAsync(string server, params string[] settings)
    {
        var pooler = new OwnPgBouncer();
        try
        {
            await pooler.LaunchAsync(new NpgsqlConnectionStringBuilder(server), settings);
            return pooler;
        }
        catch
        {
            await pooler.DisposeAsync();
            throw;
        }
    }

    /// <summary>A database's connection string, by way of the pooler.</summary>
    public string Through(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Host = "127.0.0.1", Port = _port }.ConnectionString;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _directory.Dispose();
    }

    private async Task LaunchAsync(NpgsqlConnectionStringBuilder server, string[] settings)
    {
        var users = _directory.File("users.txt");
        var configuration = _directory.File("pgbouncer.ini");
        await File.WriteAllTextAsync(users, $"\"{server.Username}\" \"\"\n");
        await File.WriteAllLinesAsync(
            configuration,
            [
                "[databases]",
                $"* = host={server.Host} port={server.Port}",
                "[pgbouncer]",
                "listen_addr = 127.0.0.1",
                $"listen_port = {_port}",
                "unix_socket_dir =",
                "auth_type = trust",
                $"auth_file = {users}",
                "max_client_conn = 500",
                "default_pool_size = 100",
                .. settings,
            ]);
        if (Environment.IsPrivilegedProcess)
        {
            // It refuses to run as root, and the user that it runs as must reach its files.
            using var open = Process.Start("chmod", ["711", _directory.Path]);
            await open.WaitForExitAsync();
        }

        var start = Environment.IsPrivilegedProcess
            ? new ProcessStartInfo("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", "--", Program, "-q", configuration])
            : new ProcessStartInfo(Program, ["-q", configuration]);
        start.WorkingDirectory = "/";
        start.RedirectStandardError = true;
        _process = Process.Start(start)!;
        // Read, so that a full pipe never stops it.
        var said = _process.StandardError.ReadToEndAsync();
        await Eventually.BecomesTrueAsync(() => AnswersAsync(said), Soon, "PgBouncer answers");
    }

    // Debian keeps it where only root's PATH leads.
    private static string Program => new[] { "/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer" }.FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("This test needs PgBouncer: run ./test.sh, which installs it, or install it yourself.");

    private async Task<bool> AnswersAsync(Task<string> said)
    {
        if (_process!.HasExited)
        {
            throw new InvalidOperationException($"PgBouncer ended with {_process.ExitCode}: {await said}");
        }

        try
        {
            await using var connection = new NpgsqlConnection(Through("Username=postgres;Database=postgres;Pooling=false;Timeout=2"));
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
