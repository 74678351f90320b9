using System.ComponentModel.DataAnnotations;

namespace Tokens.Payments.Refills;

/// <summary>Section <c>Refills</c>.</summary>
internal sealed class RefillOptions
{
    /// <summary>US cents that a member's refills may cost in any 24 hours, whatever the member allows; 50 to 100,000,000.</summary>
    [Range(50, 100_000_000)]
    public long DailyCeilingMinor { get; set; } = 50_000;

    /// <summary>The same in any 30 days.</summary>
    [Range(50, 100_000_000)]
    public long MonthlyCeilingMinor { get; set; } = 300_000;

    /// <summary>Seconds between the beginnings of two refills of a member, 60 to 86,400.</summary>
    [Range(60, 86_400)]
    public int PauseSeconds { get; set; } = 60;

    /// <summary>Minutes without refills after one that was declined, 60 to 10,080; each further one in a row doubles them.</summary>
    [Range(60, 10_080)]
    public int DeclinePauseMinutes { get; set; } = 60;

    /// <summary>Declined refills in a row that switch refills off, 1 to 10.</summary>
    [Range(1, 10)]
    public int DeclinesMax { get; set; } = 3;

    /// <summary>Milliseconds that a tip or call may wait for a refill, 500 to 7,000.</summary>
    [Range(500, 7_000)]
    public int TopUpWithinMilliseconds { get; set; } = 4_000;

    /// <summary>Milliseconds between two looks for balances to look at, 100 to 10,000.</summary>
    [Range(100, 10_000)]
    public int PollMilliseconds { get; set; } = 1_000;

    /// <summary>Balances looked at together, 1 to 1,000.</summary>
    [Range(1, 1_000)]
    public int LotSizeMax { get; set; } = 100;

    /// <summary>Refills of a host at once, 1 to 256.</summary>
    [Range(1, 256)]
    public int WorkersMax { get; set; } = 8;

    /// <summary>Seconds after which another host looks at a balance at which one that died was looking, 10 to 600.</summary>
    [Range(10, 600)]
    public int LeaseSeconds { get; set; } = 30;

    /// <summary>Minutes between two searches for other reasons than the threshold, 5 to 1,440; each costs a forecast.</summary>
    [Range(5, 1_440)]
    public int SmartPauseMinutes { get; set; } = 15;

    /// <summary>Time within which Stripe must name the default payment method for the warnings of the settings, 100 ms to 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:05")]
    public TimeSpan WarningsWithin { get; set; } = TimeSpan.FromSeconds(2);

    private const int DoublingsMax = 9;

    internal TimeSpan Pause => TimeSpan.FromSeconds(PauseSeconds);

    internal TimeSpan SmartPause => TimeSpan.FromMinutes(SmartPauseMinutes);

    /// <summary>The longest time after which a balance is looked at again. The last decline of a row has no pause: it switches refills off.</summary>
    internal TimeSpan LongestPause => new[]
    {
        Pause, SmartPause, TimeSpan.FromSeconds(LeaseSeconds), DeclinePause(Math.Max(1, DeclinesMax - 1)),
    }.Max();

    internal TimeSpan DeclinePause(int declines) => TimeSpan.FromMinutes(DeclinePauseMinutes * Math.Pow(2, Math.Min(declines - 1, DoublingsMax)));
}
