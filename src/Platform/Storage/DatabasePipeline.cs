using System.Net.Sockets;
using Npgsql;
using Polly;
using Polly.Registry;
using Polly.Timeout;
using Tokens.Platform.Resilience;
using Tokens.Platform.Storage.Postgres;
using Tokens.Platform.Storage.Writes;

namespace Tokens.Platform.Storage;

/// <summary>
/// The pipeline <c>database</c>, one a host: repeats what failed because the database was away or busy, never a violated constraint,
/// and stops asking a database that can't be reached.
/// </summary>
public sealed class DatabasePipeline
{
    /// <summary>Name of the pipeline.</summary>
    public const string PipelineName = "database";

    private static readonly ResiliencePropertyKey<Func<Exception, bool>> AlsoRepeatable = new("also repeatable");

    private static readonly ResiliencePropertyKey<bool> HasNewSessions = new("has new sessions");

    private readonly ResiliencePipeline _pipeline;
    private readonly DatabaseWrites? _writes;

    /// <summary>Uses the registered pipeline.</summary>
    /// <param name="pipelines">Provides the pipeline, registered with <see cref="Faults"/>.</param>
    /// <param name="writes">Takes note of every fault; may be left out where nothing asks it.</param>
    public DatabasePipeline(ResiliencePipelineProvider<string> pipelines, DatabaseWrites? writes = null)
    {
        ArgumentNullException.ThrowIfNull(pipelines);
        _writes = writes;
        _pipeline = pipelines.GetPipeline(PipelineName);
    }

    /// <summary>Classifies faults of the database for its pipeline.</summary>
    public static PipelineFaults Faults { get; } = new(MayRepeat, IsAway);

    /// <summary>Runs work that bears being repeated: after a fault that says nothing about it, it may have been committed.</summary>
    /// <param name="operation">Names the work in metrics, such as <c>wallet.read</c>; never an id.</param>
    /// <param name="work">Starts from nothing at each attempt, and gives up when its token is cancelled.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <param name="alsoRepeatable">Further faults after which it is repeated.</param>
    /// <exception cref="DatabaseAwayException">The database can't be reached in time, or was given up for now.</exception>
    public async Task<T> RunAsync<T>(
        string operation,
        Func<CancellationToken, Task<T>> work,
        CancellationToken cancellationToken,
        Func<Exception, bool>? alsoRepeatable = null)
    {
        var context = ResilienceContextPool.Shared.Get(operation, cancellationToken);
        if (alsoRepeatable is not null)
        {
            context.Properties.Set(AlsoRepeatable, alsoRepeatable);
        }

        try
        {
            return await _pipeline.ExecuteAsync(
                static async (context, call) => await call.Pipeline.TryAsync(call.Work, context), context, (Pipeline: this, Work: work));
        }
        catch (ExecutionRejectedException rejected)
        {
            throw new DatabaseAwayException(rejected);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<T> TryAsync<T>(Func<CancellationToken, Task<T>> work, ResilienceContext context)
    {
        try
        {
            return await work(context.CancellationToken);
        }
        catch (Exception fault)
        {
            context.Properties.Set(HasNewSessions, _writes?.Observe(fault) == true);
            throw;
        }
    }

    // A database stays read-only for longer than a request waits: only where the session was the older one does a new one help.
    private static bool MayRepeat(Exception fault, ResilienceContext context) =>
        SessionFaults.Covers(fault)
            ? context.Properties.GetValue(HasNewSessions, defaultValue: false)
            : fault is TimeoutRejectedException
                || TransientFaults.Covers(fault)
                || (context.Properties.TryGetValue(AlsoRepeatable, out var also) && also(fault));

    // A busy database is not away: a deadlock, a held lock or a read-only database must not stop all calls. One that ends sessions is
    // away, unless it ended this one for its own idleness or length.
    private static bool IsAway(Exception fault)
    {
        for (var inner = fault; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case PostgresException postgres:
                    return postgres.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
                            or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections
                        || (TransientFaults.EndsSession(postgres) && postgres.SqlState is not ("25P03" or "25P04" or "57P05"));
                case TimeoutRejectedException or NpgsqlException or SocketException:
                    return true;
            }
        }

        return false;
    }
}
