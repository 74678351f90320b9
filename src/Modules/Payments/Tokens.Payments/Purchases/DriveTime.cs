using Tokens.Payments.Charging;

namespace Tokens.Payments.Purchases;

/// <summary>The time that a drive has for Stripe, counted from its caller's request.</summary>
internal sealed class DriveTime : IDisposable
{
    private readonly CancellationTokenSource _end;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly TimeSpan _chargeWithin;

    internal DriveTime(long started, PaymentsOptions options, TimeProvider time)
    {
        _started = started;
        _time = time;
        _chargeWithin = TimeSpan.FromMilliseconds(options.LastChargeMilliseconds);
        var left = TimeSpan.FromMilliseconds(options.ChargeWithinMilliseconds) - time.GetElapsedTime(started);
        _end = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
    }

    /// <summary>On whose behalf Stripe is asked.</summary>
    internal StripeUse Use { get; init; }

    /// <summary>Ends the waiting for Stripe.</summary>
    internal CancellationToken Token => _end.Token;

    /// <summary>Whether a charge may still be asked for: so late that its caller may have been answered before it, it may not.</summary>
    internal bool AllowsCharge => !_end.IsCancellationRequested && _time.GetElapsedTime(_started) < _chargeWithin;

    public void Dispose() => _end.Dispose();
}
