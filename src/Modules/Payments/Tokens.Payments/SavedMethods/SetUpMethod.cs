using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Stripe;
using Tokens.Payments.Charging;
using Tokens.Platform.Identity;
using Tokens.Platform.Time;

namespace Tokens.Payments.SavedMethods;

/// <summary>POST /api/tokens/payment-methods/setup: the client finishes it with Stripe.js, and the method is kept from then on.</summary>
internal static class SetUpMethod
{
    internal sealed record Intent(string Id, [property: JsonPropertyName("client_secret")] string? ClientSecret);

    internal sealed record Response(bool Success, Intent SetupIntent, DateTime Timestamp);

    internal static async Task<Ok<Response>> Handle(
        Caller caller,
        MethodAdmission admission,
        SetupIntentService stripe,
        StripePipeline pipeline,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var intent = await admission.AdmitNewAsync(caller.Id, CreateAsync, cancellationToken);
        return TypedResults.Ok(new Response(true, new Intent(intent.Id, intent.ClientSecret), time.UtcNow()));

        Task<SetupIntent> CreateAsync(string customerId, CancellationToken token)
        {
            // Under a key of its own, so that a repeat after a lost answer makes no second one.
            var key = new RequestOptions { IdempotencyKey = $"{Uuid.New(time)}:setup" };
            var setup = new SetupIntentCreateOptions
            {
                Customer = customerId,
                AllowedPaymentMethodTypes = ["card"],
                Usage = "off_session",
                Metadata = new(StringComparer.Ordinal) { [StripeCharges.MemberIdMetadata] = caller.Id.ToString() },
            };
            return pipeline.KeyedAsync("setup_intents.create", attempt => stripe.CreateAsync(setup, key, attempt), token);
        }
    }
}
