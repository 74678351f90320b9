namespace Stripe;

internal sealed class PaymentIntentCancelOptions : BaseOptions;
