namespace Tokens.Payments.SavedMethods;

/// <summary>Receives the choice of a default payment method.</summary>
internal interface IDefaultMethodObserver
{
    /// <summary>Called after the choice is stored, also when it is the same as before.</summary>
    Task DefaultChosenAsync(Guid memberId, string methodId, CancellationToken cancellationToken);
}
