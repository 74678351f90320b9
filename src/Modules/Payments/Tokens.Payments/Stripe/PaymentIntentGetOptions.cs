namespace Stripe;

internal sealed class PaymentIntentGetOptions : BaseOptions;
