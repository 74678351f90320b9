namespace Stripe;

internal sealed class PaymentMethodGetOptions : BaseOptions;
