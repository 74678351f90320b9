namespace Tokens.Bench.History;

/// <summary>What must not be after a fill.</summary>
internal static class FillFaults
{
    /// <param name="gifts">Transfers with which the tippers got their balances.</param>
    internal static IEnumerable<string> Of(FillOutcome fill, int gifts)
    {
        foreach (var verification in new[] { fill.Verification, fill.VerificationAtRest })
        {
            if (!verification.IsClean)
            {
                yield return $"The ledger isn't sound: {verification}.";
            }
        }

        if (fill.Tips.Sum(tips => tips.Refused + tips.Broken) is var lost and > 0)
        {
            yield return $"{lost:N0} tips were refused or not answered.";
        }

        var tipped = fill.VerificationAtRest.Transfers - fill.Options.Transfers - gifts;
        var answered = fill.Tips.Sum(tips => tips.Succeeded);
        if (tipped < answered || tipped > answered + (fill.Tips.Count * fill.Options.Connections))
        {
            yield return $"{answered:N0} tips were answered and {tipped:N0} posted, in {fill.Tips.Count} stretches.";
        }
    }
}
