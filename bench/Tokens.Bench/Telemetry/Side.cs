using Npgsql;
using Tokens.Bench.Load;
using Tokens.Bench.Processes;
using Tokens.Bench.Products;
using Tokens.Bench.Rounds;
using Tokens.Bench.Settings;

namespace Tokens.Bench.Telemetry;

/// <summary>A product that watches itself so or so, on a database of its own, and the load that it is put under in its turn.</summary>
internal sealed class Side : IAsyncDisposable
{
    private const int Members = 1_000;

    private readonly RunningProduct _product;
    private readonly OtlpSink? _sink;
    private readonly Admin _admin;
    private readonly Cast _cast;
    private readonly NpgsqlDataSource _source;
    private readonly TipCount _tips;
    private readonly List<Turn> _turns = [];

    private Side(string name, RunningProduct product, OtlpSink? sink, Admin admin, Cast cast, NpgsqlDataSource source)
    {
        (Name, _product, _sink, _admin, _cast, _source) = (name, product, sink, admin, cast, source);
        _tips = new TipCount(source, cast.Fans);
    }

    internal string Name { get; }

    internal SideResult Result => new(Name, _turns, _sink?.TraceBytes ?? 0);

    /// <param name="name">How the report calls it.</param>
    /// <param name="database">A database that isn't there yet.</param>
    /// <param name="tracedShare">The share of traces that are exported; null where neither traces nor metrics are made.</param>
    internal static async Task<Side> StartAsync(
        string name, string database, string? tracedShare, Servers servers, CancellationToken cancellationToken)
    {
        await servers.CreateDatabaseAsync(database, cancellationToken);
        var sink = tracedShare is null ? null : await OtlpSink.StartAsync(cancellationToken);
        var settings = sink is null
            ? new Dictionary<string, string> { ["Telemetry__Metrics"] = "false" }
            : new Dictionary<string, string>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = sink.Address.ToString(),
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                // Prometheus asks for them.
                ["OTEL_METRICS_EXPORTER"] = "none",
                ["OTEL_TRACES_SAMPLER"] = "parentbased_traceidratio",
                ["OTEL_TRACES_SAMPLER_ARG"] = tracedShare!,
            };
        var signIns = new SignIns();
        var product = await RunningProduct.StartAsync(servers, database, signIns.Secret, cancellationToken, settings);
        try
        {
            var admin = new Admin(product.Gateway, signIns.NewAdmin());
            var directory = Directory.CreateDirectory(Path.Combine(servers.WorkDirectory, database)).FullName;
            var cast = await Cast.MakeAsync(admin, signIns, Members, [], directory, cancellationToken);
            return new Side(name, product, sink, admin, cast, NpgsqlDataSource.Create(servers.ConnectionString(database)));
        }
        catch
        {
            // All else ends with this process.
            await product.DisposeAsync();
            throw;
        }
    }

    /// <summary>Tips for so long and remembers it; what is wrong is added to the faults.</summary>
    internal async Task<Turn> TakeTurnAsync(int connections, int seconds, List<string> faults, CancellationToken cancellationToken)
    {
        var before = CpuSeconds();
        var load = await TipAsync(connections, seconds, cancellationToken);
        var turn = new Turn(load.PerSecond, 1_000_000 * (CpuSeconds() - before) / load.Requests);
        _turns.Add(turn);
        await CheckAsync(load, connections, faults, cancellationToken);
        return turn;
    }

    /// <summary>The same, not measured.</summary>
    internal async Task WarmUpAsync(int connections, int seconds, List<string> faults, CancellationToken cancellationToken) =>
        await CheckAsync(await TipAsync(connections, seconds, cancellationToken), connections, faults, cancellationToken);

    /// <summary>What is wrong in the end: with the ledger, or with traces that nobody was sent.</summary>
    internal async Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        var transfers = _cast.Fans.Count + await _tips.SettleAsync(cancellationToken);
        var verification = await _admin.VerifyAsync(cancellationToken);
        if (verification.FaultOf(transfers) is { } fault)
        {
            faults.Add($"{Name}: {fault}");
        }

        if (_sink is { TraceBytes: 0 })
        {
            faults.Add($"{Name}: no trace was exported.");
        }

        return faults;
    }

    internal string LastLines() => _product.LastLines();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _source.DisposeAsync();
        await _product.DisposeAsync();
        if (_sink is not null)
        {
            await _sink.DisposeAsync();
        }
    }

    private Task<LoadResult> TipAsync(int connections, int seconds, CancellationToken cancellationToken) =>
        Wrk.TipAsync(_product.Gateway, connections, seconds, _cast.Files, _cast.Files.Creators, cancellationToken);

    private async Task CheckAsync(LoadResult load, int connections, List<string> faults, CancellationToken cancellationToken)
    {
        string?[] found = [load.FaultOf(Name), await _tips.CheckAsync(Name, load, connections, cancellationToken)];
        faults.AddRange(found.OfType<string>());
    }

    private double CpuSeconds() => ProcessFigures.Require(_product.ProcessId).CpuSeconds;
}
