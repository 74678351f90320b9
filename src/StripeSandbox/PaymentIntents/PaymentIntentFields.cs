using Tokens.StripeSandbox.Customers;
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

    internal static PaymentIntent ApplyPaymentMethod(PaymentIntent intent, StripeRequest request, DbSession session)
    {
        if (request.Parameters.NonEmptyText("payment_method") is not { } name)
        {
            return intent;
        }

        var method = PaymentMethod.Resolve(session, name, request.Now);
        RequireUsable(method, intent.CustomerId);
        return intent with { PaymentMethodId = method.Id, Status = PaymentIntentStatus.RequiresConfirmation, NextAction = null };
    }

    internal static PaymentIntent ApplyCustomer(PaymentIntent intent, Parameters parameters, DbSession session) =>
        Customer.Named(session, parameters) is { } customer ? intent with { CustomerId = customer.Id } : intent;

    internal static void RequireUsable(PaymentMethod method, string? customer)
    {
        method.RequireAttachable();
        if (method.Customer is not null && method.Customer != customer)
        {
            throw new StripeErrorException(StripeError.InvalidRequest(
                "The provided PaymentMethod belongs to a Customer. Please include the Customer in the `customer` parameter.", "payment_method"));
        }
    }

    private static string? Unsettable(Parameters parameters, string name, string? before) => parameters.Text(name) switch
    {
        null => before,
        "" => null,
        var text => text,
    };
}
