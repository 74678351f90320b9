using Tokens.StripeSandbox.Customers;
using Tokens.StripeSandbox.PaymentMethods;
using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.SetupIntents;

/// <summary><c>POST /v1/setup_intents</c>; with <c>confirm=true</c> it goes on to the attempt.</summary>
internal static class CreateSetupIntent
{
    internal static StripeReply Handle(StripeRequest request, DbSession session)
    {
        var parameters = request.Parameters;
        parameters.Only(
            "customer", "payment_method", AllowedTypes.Name, AllowedTypes.FormerName, "automatic_payment_methods", "usage", "description",
            "metadata", "confirm", "return_url", "use_stripe_sdk");
        _ = AllowedTypes.Read(parameters);
        var customer = Customer.Named(session, parameters);
        var id = ObjectId.New("seti");
        var intent = SetupAttempt.ApplyPaymentMethod(
            new SetupIntent
            {
                Id = id,
                ClientSecret = ObjectId.New(id + "_secret", 25),
                Created = request.Now.ToUnixTimeSeconds(),
                Status = SetupIntentStatus.RequiresPaymentMethod,
                CustomerId = customer?.Id,
                Usage = parameters.Choice("usage", "off_session", "on_session") ?? "off_session",
                Metadata = Metadata.Merge(new Dictionary<string, string>(StringComparer.Ordinal), parameters),
            },
            request,
            session);
        intent.Insert(session);
        request.Events.Write(session, "setup_intent.created", new SetupIntentObject(intent));
        return parameters.Boolean("confirm") is true ? SetupAttempt.Confirm(session, intent, request) : StripeReply.Ok(new SetupIntentObject(intent));
    }
}
