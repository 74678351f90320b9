using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Stripe;
using Tokens.Payments.Charging;
using Tokens.Platform.Identity;
using Tokens.Platform.Problems;
using Tokens.Platform.Time;

namespace Tokens.Payments.SavedMethods;

/// <summary>POST /api/tokens/payment-methods/setup: the client finishes it with Stripe.js, and the method is kept from then on.</summary>
internal static class SetUpMethod
{
    internal sealed record Intent(string Id, [property: JsonPropertyName("client_secret")] string? ClientSecret);

    internal sealed record Response(bool Success, Intent SetupIntent, DateTime Timestamp);

    internal static async Task<Results<Ok<Response>, Problem>> Handle(
        Caller caller,
        StripeCustomers customers,
        SavedMethodBook methods,
        SetupIntentService stripe,
        StripePipeline pipeline,
        IOptions<PaymentsOptions> options,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var (_, kept) = await methods.ListAsync(caller.Id, cancellationToken);
        if (kept.Count >= options.Value.SavedMethodsMax)
        {
            return new Problem(
                ProblemKind.Conflict with { Title = "Too many payment methods" },
                $"At most {options.Value.SavedMethodsMax} payment methods are kept. Remove one first.");
        }

        var customerId = await customers.EnsureAsync(caller.Id, cancellationToken);
        // Under a key of its own, so that a repeat after a lost answer makes no second one.
        var key = new RequestOptions { IdempotencyKey = $"{Uuid.New(time)}:setup" };
        var setup = new SetupIntentCreateOptions
        {
            Customer = customerId,
            PaymentMethodTypes = ["card"],
            Usage = "off_session",
            Metadata = new(StringComparer.Ordinal) { [StripeCharges.MemberIdMetadata] = caller.Id.ToString() },
        };
        var intent = await customers.AskAsync(
            token => pipeline.KeyedAsync("setup_intents.create", attempt => stripe.CreateAsync(setup, key, attempt), token), cancellationToken);
        return TypedResults.Ok(new Response(true, new Intent(intent.Id, intent.ClientSecret), time.UtcNow()));
    }
}
