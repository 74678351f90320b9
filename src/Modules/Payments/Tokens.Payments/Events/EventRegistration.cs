using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tokens.Platform.Storage;

namespace Tokens.Payments.Events;

/// <summary>Puts together the way of an event from the door to its effect.</summary>
internal static class EventRegistration
{
    internal static void AddStripeEvents(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<WebhookOptions>().BindConfiguration("Webhooks")
            .Configure<IConfiguration>((options, configuration) => options.ReadSecrets(configuration["STRIPE_WEBHOOK_SECRET"]))
            .ValidateDataAnnotations().ValidateOnStart();
        if (StorageSettings.From(builder.Configuration).Provider == StorageProvider.Sqlite)
        {
            services.AddSingleton<IInboxStore, SqliteInboxStore>();
        }
        else
        {
            services.AddSingleton<IInboxStore, PostgresInboxStore>();
        }

        services.AddSingleton<SignedEvents>();
        services.AddSingleton<EventLeases>();
        services.AddSingleton<EventEffect>();
        services.AddSingleton<EventWorker>();
        services.AddSingleton<EventInbox>();
        // Stopped in reverse: the inbox takes no more before the worker ends.
        services.AddHostedService(provider => provider.GetRequiredService<EventWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<EventInbox>());
        services.AddHostedService<EventCleanup>();
    }
}
