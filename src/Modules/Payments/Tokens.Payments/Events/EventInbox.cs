using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tokens.Platform.Problems;
using Tokens.Platform.Storage;
using Tokens.Platform.Work;

namespace Tokens.Payments.Events;

/// <summary>Stores events before Stripe is told that they have arrived, many in one commit, and wakes the worker.</summary>
internal sealed partial class EventInbox : IHostedService
{
    private readonly IInboxStore _store;
    private readonly EventWorker _worker;
    private readonly FailPoints _failPoints;
    private readonly WebhookOptions _options;
    private readonly DatabasePipeline _database;
    private readonly ILogger<EventInbox> _logger;
    private readonly GroupCommit<StripeEvent, bool> _writer;

    public EventInbox(
        IInboxStore store,
        EventWorker worker,
        FailPoints failPoints,
        IOptions<WebhookOptions> options,
        DatabasePipeline database,
        ILogger<EventInbox> logger)
    {
        (_store, _worker, _failPoints, _options, _database, _logger) = (store, worker, failPoints, options.Value, database, logger);
        var limits = new GroupCommitLimits(_options.QueueCapacity, _options.BatchSizeMax);
        _writer = new GroupCommit<StripeEvent, bool>(limits, CommitAsync, logger);
    }

    /// <summary>Waits until the event is stored; false when it was there already.</summary>
    /// <exception cref="ProblemException">503 <c>overloaded</c>: too many wait to be stored.</exception>
    internal Task<bool> AddAsync(StripeEvent stripeEvent) => _writer.AddAsync(stripeEvent);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (_options.Secrets.Count == 0)
        {
            LogNoSecret(_logger);
        }

        _writer.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _writer.StopAsync(cancellationToken);

    private async Task<IReadOnlyList<bool>> CommitAsync(IReadOnlyList<StripeEvent> events)
    {
        var areNew = await _database.RunAsync("payments.inbox", token => _store.AddAsync(events, token), CancellationToken.None);
        if (areNew.Contains(true))
        {
            _failPoints.Reach(PaymentsFailPoint.EventStored);
            _worker.Wake();
        }

        return areNew;
    }

    [LoggerMessage(LogIds.EventInboxNoSecret, LogLevel.Warning, "STRIPE_WEBHOOK_SECRET is not set: every event is refused; purchases settle without them")]
    private static partial void LogNoSecret(ILogger logger);
}
