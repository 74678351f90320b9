using Tokens.StripeSandbox.PaymentMethods;
using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.PaymentIntents;

/// <summary>The members of a PaymentIntent that several routes may set; an absent parameter leaves its member as it is.</summary>
internal static class PaymentIntentFields
{
    internal static PaymentIntent ApplyDescriptive(PaymentIntent intent, Parameters parameters) => intent with
    {
        Metadata = Metadata.Merge(intent.Metadata, parameters),
        Description = Unsettable(parameters, "description", intent.Description),
        ReceiptEmail = Unsettable(parameters, "receipt_email", intent.ReceiptEmail),
        SetupFutureUsage = parameters.Choice("setup_future_usage", "on_session", "off_session") ?? intent.SetupFutureUsage,
        StatementDescriptor = Unsettable(parameters, "statement_descriptor", intent.StatementDescriptor),
        StatementDescriptorSuffix = Unsettable(parameters, "statement_descriptor_suffix", intent.StatementDescriptorSuffix),
    };

    internal static PaymentIntent ApplyPaymentMethod(PaymentIntent intent, StripeRequest request, DbSession session) =>
        request.Parameters.NonEmptyText("payment_method") is { } name
            ? intent with
            {
                PaymentMethodId = PaymentMethod.Resolve(session, name, request.Now).Id,
                Status = PaymentIntentStatus.RequiresConfirmation,
                NextAction = null,
            }
            : intent;

    /// <summary>No customer exists yet, so naming one can only be a mistake.</summary>
    internal static void RefuseCustomer(Parameters parameters)
    {
        if (parameters.NonEmptyText("customer") is { } customer)
        {
            throw new StripeErrorException(StripeError.NoSuch("customer", customer, "customer"));
        }
    }

    private static string? Unsettable(Parameters parameters, string name, string? before) => parameters.Text(name) switch
    {
        null => before,
        "" => null,
        var text => text,
    };
}
