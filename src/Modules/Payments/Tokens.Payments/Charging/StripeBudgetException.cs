using Polly;

namespace Tokens.Payments.Charging;

/// <summary>More background calls to Stripe wait than the budget allows; the call was not made.</summary>
internal sealed class StripeBudgetException() : ExecutionRejectedException("The budget for background calls to Stripe is used up.");
