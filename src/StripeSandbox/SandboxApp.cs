using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Tokens.StripeSandbox.Charges;
using Tokens.StripeSandbox.Customers;
using Tokens.StripeSandbox.Events;
using Tokens.StripeSandbox.Faults;
using Tokens.StripeSandbox.Idempotency;
using Tokens.StripeSandbox.Pages;
using Tokens.StripeSandbox.PaymentIntents;
using Tokens.StripeSandbox.PaymentMethods;
using Tokens.StripeSandbox.SetupIntents;
using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Switches;
using Tokens.StripeSandbox.Webhooks;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox;

/// <summary>A stand-in for api.stripe.com that speaks its wire protocol on loopback, for development and tests.</summary>
public static class SandboxApp
{
    /// <summary>
    /// Builds the sandbox's application on <paramref name="builder"/>, which must not serve anything else. Not yet started: storage is
    /// opened at start, which throws <see cref="IOException"/> while another process uses the same directory. Time comes
    /// from the <see cref="TimeProvider"/> among the builder's services, else from the system. An address beyond loopback throws
    /// <see cref="ArgumentException"/>.
    /// </summary>
    public static WebApplication Build(WebApplicationBuilder builder, SandboxSettings settings)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(settings);

        RequireLoopback(settings.Urls);
        builder.WebHost.UseUrls([.. settings.Urls]);
        AddServices(builder.Services, settings);

        var app = builder.Build();
        app.UseMiddleware<StripeHeaders>();
        app.UseMiddleware<ErrorAnswers>();
        PaymentIntentRoutes.Map(app);
        PaymentMethodRoutes.Map(app);
        CustomerRoutes.Map(app);
        SetupIntentRoutes.Map(app);
        ChargeRoutes.Map(app);
        EventRoutes.Map(app);
        SwitchRoutes.Map(app, "/sandbox/faults", FaultSwitches.Read);
        SwitchRoutes.Map(app, "/sandbox/webhooks", WebhookSwitches.Read);
        PageRoutes.Map(app);
        app.Map("/{**path}", UnrecognizedUrl.Handle);
        return app;
    }

    /// <summary>Anybody's test key opens the sandbox, so nobody beyond this machine may reach it.</summary>
    private static void RequireLoopback(IReadOnlyList<string> urls)
    {
        foreach (var url in urls)
        {
            var host = BindingAddress.Parse(url).Host;
            if (host != "localhost" && !(IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address)))
            {
                throw new ArgumentException($"The Stripe sandbox listens on loopback only, not on '{url}'.", nameof(urls));
            }
        }
    }

    private static void AddServices(IServiceCollection services, SandboxSettings settings)
    {
        services.AddOptions<SandboxOptions>().BindConfiguration(SandboxOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<SandboxOptions>>((kestrel, limits) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = limits.Value.MaxBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = limits.Value.MaxConnections;
        });
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddSingleton<SandboxDb>();
        services.AddHostedService<StorageStart>();
        services.AddSingleton<StoredSwitches<FaultSwitches>>();
        services.AddHostedService<FaultStart>();
        services.TryAddSingleton<IChance, SystemChance>();
        services.AddSingleton<FaultInjection>();
        services.AddSingleton<KeysInUse>();
        services.AddSingleton<IdempotentWrites>();
        services.AddOptions<WebhookOptions>().BindConfiguration(WebhookOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Wake>();
        services.AddSingleton<StoredSwitches<WebhookSwitches>>();
        services.AddSingleton<WebhookOutbox>();
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<DeliveryBook>();
        services.AddHostedService<WebhookDeliverer>();
    }
}
