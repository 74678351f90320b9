namespace Stripe;

/// <summary>Parameters of a call: members in Stripe's names, those that are null are not sent.</summary>
internal abstract class BaseOptions;
