namespace Tokens.Host.Gateway;

/// <summary>The place of one request among those of its class that are under way; given back once.</summary>
internal sealed class RequestSlot(TrafficClass traffic)
{
    private bool _isGivenBack;

    /// <summary>Called when a host has answered: sending the answer on is at the client's pace, and holds nothing that others share.</summary>
    internal void Answered()
    {
        if (!traffic.HasEndlessAnswers)
        {
            GiveBack();
        }
    }

    internal void GiveBack()
    {
        if (!Interlocked.Exchange(ref _isGivenBack, true))
        {
            traffic.Leave();
        }
    }
}
