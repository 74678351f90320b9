using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Tokens.Testing.Products;

namespace Tokens.Testing;

/// <summary>
/// A PostgreSQL server of a test's own, which the test may stop, start again and freeze; on a port and in a directory of its own.
/// </summary>
public sealed class OwnPostgres : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = Eventually.Deadline;

    private readonly TemporaryDirectory _directory = new();
    private readonly string _programs = FindPrograms();
    private readonly int _port = LoopbackPort.Free();
    private readonly string[] _settings;
    private Process? _server;

    private OwnPostgres(string[] settings) => _settings = settings;

    /// <summary>Npgsql connection string of a superuser on the maintenance database; the same after each start.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres";

    /// <summary>Gives databases on it; they die with it.</summary>
    public PostgresServer Databases => PostgresServer.At(ConnectionString);

    private string Data => _directory.File("data");

    /// <summary>Makes a cluster and starts its server.</summary>
    /// <param name="settings">Lines of postgresql.conf, which take precedence, such as <c>max_connections = 30</c>.</param>
    public static async Task<OwnPostgres> StartNewAsync(params string[] settings)
    {
        var postgres = new OwnPostgres(settings);
        try
        {
            await postgres.MakeClusterAsync();
            await postgres.StartAsync();
            return postgres;
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the server, after a stop, and waits until it answers.</summary>
    public async Task StartAsync()
    {
        _server = Launch("postgres", "-D", Data, "-p", _port.ToString(CultureInfo.InvariantCulture));
        var server = _server;
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                if (server.HasExited)
                {
                    throw new InvalidOperationException($"PostgreSQL ended with {server.ExitCode}.");
                }

                try
                {
                    await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false;Timeout=2");
                    await connection.OpenAsync();
                    return true;
                }
                catch (NpgsqlException)
                {
                    return false;
                }
            },
            Deadline,
            "PostgreSQL answers");
    }

    /// <summary>Stops the server as an operator does: sessions are ended, and then nobody listens on its port.</summary>
    public Task StopAsync() => EndAsync(UnixSignal.Interrupt);

    /// <summary>Stops the server as a power cut does: nothing is finished, and the next start recovers from the log.</summary>
    public Task StopAtOnceAsync() => EndAsync(UnixSignal.Quit);

    /// <summary>Stops and starts it.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    /// <summary>
    /// Freezes the server with all its sessions, as a machine that hangs: connections stay open, new ones are taken in, nothing answers.
    /// </summary>
    public void Pause() => SignalAll(UnixSignal.Stop);

    /// <summary>Lets it go on where it was.</summary>
    public void Resume() => SignalAll(UnixSignal.Continue);

    /// <summary>Gives a directory, such as one for a tablespace, to whoever the server runs as.</summary>
    public Task TakeOverAsync(string directory) =>
        Environment.IsPrivilegedProcess ? RunAsync(Process.Start("chown", ["postgres", directory])) : Task.CompletedTask;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_server is { HasExited: false })
        {
            Resume();
            await EndAsync(UnixSignal.Quit);
        }

        _server?.Dispose();
        _directory.Dispose();
    }

    // As test.sh does: nothing here outlives the test, so nothing waits for the disk.
    private async Task MakeClusterAsync()
    {
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync(Process.Start("chmod", ["711", _directory.Path]));
            Directory.CreateDirectory(Data);
            await TakeOverAsync(Data);
        }

        await RunAsync(Launch("initdb", "-D", Data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"));
        var configuration = Path.Combine(Data, "postgresql.conf");
        await File.AppendAllTextAsync(
            configuration,
            """

            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            max_connections = 200
            fsync = off
            full_page_writes = off
            log_min_messages = fatal

            """);
        await File.AppendAllLinesAsync(configuration, _settings);
    }

    private static async Task RunAsync(Process program)
    {
        using (program)
        {
            await program.WaitForExitAsync();
            if (program.ExitCode != 0)
            {
                throw new InvalidOperationException($"A step of making a PostgreSQL cluster failed with {program.ExitCode}.");
            }
        }
    }

    // initdb and postgres refuse to run as root. Unlike runuser, setpriv becomes the program: runuser would stop itself with it.
    private Process Launch(string program, params string[] arguments)
    {
        var path = Path.Combine(_programs, program);
        var start = Environment.IsPrivilegedProcess
            ? new ProcessStartInfo("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", "--", path, .. arguments])
            : new ProcessStartInfo(path, arguments);
        start.WorkingDirectory = "/";
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var process = new Process { StartInfo = start };
        process.Start();
        // Read, so that a full pipe never stops the server.
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private async Task EndAsync(UnixSignal signal)
    {
        var server = _server ?? throw new InvalidOperationException("The server hasn't been started.");
        signal.Send(server.Id);
        await server.WaitForExitAsync().WaitAsync(Deadline, TimeProvider.System);
        server.Dispose();
        _server = null;
    }

    // Each session is a process in a group of its own. The parent first when stopping, so that no session is added meanwhile; the
    // same order does no harm when going on.
    private void SignalAll(UnixSignal signal)
    {
        var parent = (_server ?? throw new InvalidOperationException("The server isn't running.")).Id;
        signal.Send(parent);
        foreach (var child in ChildrenOf(parent))
        {
            signal.Send(child);
        }
    }

    private static List<int> ChildrenOf(int parent) => Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0 && ParentOf(id) == parent)
        .ToList();

    private static int? ParentOf(int id)
    {
        try
        {
            // "id (name) state parent …", where the name may hold anything.
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string FindPrograms()
    {
        const string Debian = "/usr/lib/postgresql";
        var folders = Directory.Exists(Debian)
            ? Directory.EnumerateDirectories(Debian).OrderByDescending(path => int.TryParse(Path.GetFileName(path), out var version) ? version : 0)
                .Select(path => Path.Combine(path, "bin"))
            : [];
        return folders.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
            ?? throw new InvalidOperationException("This test needs PostgreSQL: run ./test.sh, which installs it, or install it yourself.");
    }
}
