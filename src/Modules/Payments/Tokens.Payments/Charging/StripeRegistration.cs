using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Stripe;
using Tokens.Platform.Resilience;

namespace Tokens.Payments.Charging;

/// <summary>Puts together the way to Stripe.</summary>
internal static class StripeRegistration
{
    internal static void AddStripe(this IServiceCollection services)
    {
        services.AddOptions<StripeOptions>().BindConfiguration("Stripe").Configure<IConfiguration>(UseEnvironmentNames)
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => new StripeConnection(Options(provider)));
        services.AddSingleton<IStripeClient>(provider => provider.GetRequiredService<StripeConnection>().Client);
        services.AddSingleton(provider => new PaymentIntentService(provider.GetRequiredService<IStripeClient>()));
        services.AddSingleton(provider => new CustomerService(provider.GetRequiredService<IStripeClient>()));
        services.AddSingleton(provider => new SetupIntentService(provider.GetRequiredService<IStripeClient>()));
        services.AddSingleton(provider => new PaymentMethodService(provider.GetRequiredService<IStripeClient>()));
        services.AddPipeline<StripePipelineOptions>(StripePipeline.Name, StripePipeline.Faults);
        services.AddFurtherPipeline<StripePipelineOptions>(StripePipeline.BackgroundName, StripePipeline.BackgroundFaults);
        services.AddSingleton<StripePipeline>();
        services.AddSingleton<StripeCharges>();
    }

    private static StripeOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<StripeOptions>>().Value;

    private static void UseEnvironmentNames(StripeOptions options, IConfiguration configuration)
    {
        if (configuration["STRIPE_SECRET_KEY"] is { Length: > 0 } key)
        {
            options.SecretKey = key.Trim();
        }

        if (configuration["STRIPE_API_BASE"] is { Length: > 0 } address)
        {
            options.ApiBase = address.Trim();
        }
    }
}
