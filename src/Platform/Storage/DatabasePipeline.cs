using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Npgsql;
using Polly;
using Polly.Timeout;
using Tokens.Platform.Resilience;

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

    private readonly ResiliencePipeline _pipeline;

    /// <summary>Builds the pipeline.</summary>
    public DatabasePipeline(IOptions<DatabasePipelineOptions> options, Pipelines pipelines)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(pipelines);
        _pipeline = pipelines.Build(PipelineName, options.Value, new PipelineFaults(MayRepeat, IsAway));
    }

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
            return await _pipeline.ExecuteAsync(static async (context, work) => await work(context.CancellationToken), context, work);
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

    private static bool MayRepeat(Exception fault, ResilienceContext context) =>
        fault is TimeoutRejectedException
        || TransientFaults.Covers(fault)
        || (context.Properties.TryGetValue(AlsoRepeatable, out var also) && also(fault));

    // Busy is not away: a deadlock or a held lock must not shut the door on everybody.
    private static bool IsAway(Exception fault)
    {
        for (var inner = fault; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case PostgresException postgres:
                    return postgres.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
                        or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections;
                case TimeoutRejectedException or NpgsqlException or SocketException:
                    return true;
            }
        }

        return false;
    }
}
