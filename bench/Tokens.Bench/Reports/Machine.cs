using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Npgsql;
using Tokens.Bench.Processes;
using Tokens.Bench.Settings;

namespace Tokens.Bench.Reports;

/// <summary>What was measured on.</summary>
internal sealed partial record Machine
{
    public required int Cores { get; init; }

    public required string Cpu { get; init; }

    public required long MemoryBytes { get; init; }

    public required string Kernel { get; init; }

    /// <summary>File system of the database.</summary>
    public required string FileSystem { get; init; }

    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>What PostgreSQL says of its durability.</summary>
    public required IReadOnlyDictionary<string, string> Postgres { get; init; }

    internal static async Task<Machine> ReadAsync(Servers servers, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(servers.ConnectionString("postgres"));
        await connection.OpenAsync(cancellationToken);
        var settings = new Dictionary<string, string>();
        foreach (var name in new[] { "fsync", "synchronous_commit", "full_page_writes" })
        {
            settings[name] = await ShowAsync(connection, name, cancellationToken);
        }

        return settings.Values.All(value => value == "on")
            ? new Machine
            {
                Cores = Environment.ProcessorCount,
                Cpu = Line("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString(),
                MemoryBytes = long.Parse(Line("/proc/meminfo", "MemTotal")!.Replace(" kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * 1024,
                Kernel = (await File.ReadAllTextAsync("/proc/sys/kernel/osrelease", cancellationToken)).Trim(),
                FileSystem = FileSystemOf(servers.WorkDirectory),
                Versions = new Dictionary<string, string>
                {
                    [".NET"] = Version(RuntimeInformation.FrameworkDescription),
                    ["PostgreSQL"] = await ShowAsync(connection, "server_version", cancellationToken),
                    ["Redis"] = await SaysAsync("redis-server", "--version", cancellationToken),
                    ["pgbench"] = await SaysAsync(servers.Pgbench, "--version", cancellationToken),
                    ["wrk"] = await WrkAsync(cancellationToken),
                },
                Postgres = settings,
            }
            : throw new InvalidOperationException($"PostgreSQL isn't durable: {string.Join(", ", settings)}.");
    }

    private static async Task<string> ShowAsync(NpgsqlConnection connection, string setting, CancellationToken cancellationToken)
    {
        await using var show = new NpgsqlCommand($"SHOW {setting}", connection);
        return (string)(await show.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<string> SaysAsync(string program, string argument, CancellationToken cancellationToken) =>
        Version((await Tool.RunAsync(program, [argument], cancellationToken)).Output);

    // wrk tells its version with a usage text, and a code that says it was called wrongly.
    private static async Task<string> WrkAsync(CancellationToken cancellationToken) =>
        Version((await Tool.RunAsync("sh", ["-c", "wrk -v || true"], cancellationToken)).Output);

    private static string Version(string output) => VersionNumber().Match(output).Value;

    private static string FileSystemOf(string directory) => DriveInfo.GetDrives()
        .Where(drive => Path.GetFullPath(directory).StartsWith(drive.Name, StringComparison.Ordinal))
        .MaxBy(drive => drive.Name.Length)?.DriveFormat ?? "unknown";

    private static string? Line(string file, string name) => File.ReadLines(file)
        .FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim();

    [GeneratedRegex(@"\d+\.\d+(\.\d+)*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VersionNumber();
}
