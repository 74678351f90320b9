namespace Tokens.Payments.Charging;

/// <summary>No charge is asked for any more: its caller might have been answered before it.</summary>
internal sealed class ChargeTooLateException() : Exception("The time in which a charge may be asked for is over.");
