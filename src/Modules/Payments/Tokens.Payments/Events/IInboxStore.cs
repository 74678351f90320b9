namespace Tokens.Payments.Events;

/// <summary>Where events are stored, in whole batches.</summary>
internal interface IInboxStore
{
    /// <summary>
    /// Stores the events that aren't there yet, in one commit; an event may stand in the batch more than once. Says of each, in order,
    /// whether it is new.
    /// </summary>
    Task<IReadOnlyList<bool>> AddAsync(IReadOnlyList<StripeEvent> events, CancellationToken cancellationToken);
}
