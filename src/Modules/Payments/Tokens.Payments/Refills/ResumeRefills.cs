using Tokens.Payments.SavedMethods;

namespace Tokens.Payments.Refills;

/// <summary>Ends the pause after a decline when the member chooses another default payment method, and looks at the balance at once.</summary>
internal sealed class ResumeRefills(RefillPlans plans, RefillWorker worker) : IDefaultMethodObserver
{
    public async Task DefaultChosenAsync(Guid memberId, string methodId, CancellationToken cancellationToken)
    {
        if (await plans.EndPauseAsync(memberId, methodId, cancellationToken))
        {
            worker.Wake();
        }
    }
}
