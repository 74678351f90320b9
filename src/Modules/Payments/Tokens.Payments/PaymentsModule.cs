using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tokens.Payments.Charging;
using Tokens.Payments.Data;
using Tokens.Payments.Events;
using Tokens.Payments.Packages;
using Tokens.Payments.Parking;
using Tokens.Payments.Purchases;
using Tokens.Payments.Settlement;
using Tokens.Payments.Survival;
using Tokens.Platform;
using Tokens.Platform.Answers;
using Tokens.Platform.Identity;
using Tokens.Platform.RateLimits;
using Tokens.Platform.Storage;

namespace Tokens.Payments;

/// <summary>Buying tokens through Stripe.</summary>
public sealed class PaymentsModule : IModule
{
    internal const string ModuleName = "payments";

    /// <inheritdoc />
    public string Name => ModuleName;

    /// <inheritdoc />
    public void AddServices(IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddModuleDb<PaymentsDb, PaymentsDbSqlite, PaymentsDbPostgres>(ModuleName);
        var services = builder.Services;
        services.AddRateLimitPolicies(PaymentsLimits.All);
        services.AddOptions<PaymentsOptions>().BindConfiguration("Payments")
            .PostConfigure(options => options.AddDefaultPackages()).ValidateDataAnnotations().ValidateOnStart();
        services.AddStripe();

        services.AddSingleton<PaymentsMetrics>();
        services.AddOptions<CrashOptions>().BindConfiguration("Payments:Survival")
            .Validate(crash => crash.CrashAt is null || builder.Environment.IsDevelopment(), "Payments:Survival:CrashAt is for Development only.")
            .ValidateOnStart();
        services.AddSingleton<CrashPoints>();
        services.AddOptions<SettlementOptions>().BindConfiguration("Settlement").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<CheckSchedule>();
        services.AddSingleton<DuePurchases>();
        services.AddSingleton<PurchaseStore>();
        services.AddSingleton<KeylessPurchases>();
        services.AddSingleton<PurchaseSteps>();
        services.AddSingleton<PurchaseNews>();
        services.AddSingleton<PurchaseCharge>();
        services.AddSingleton<PurchaseCredit>();
        services.AddSingleton<PurchaseFlow>();
        services.AddSingleton<PurchaseDrives>();
        services.AddHostedService(provider => provider.GetRequiredService<PurchaseDrives>());
        // Stopped before the drives, so that it starts no more of them.
        services.AddHostedService<SettlementWorker>();
        services.AddSingleton<ClientSecrets>();
        services.AddSingleton<Checkout>();
        services.AddSingleton<PurchaseAnswers>();

        builder.AddStripeEvents();
        services.AddSingleton<ParkedItems>();
    }

    /// <inheritdoc />
    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        var payments = routes.MapGroup("/api/tokens").WithTags("Payments");
        payments.MapGet("/packages", ListPackages.Handle).WithName("ListPackages").WithSummary("What can be bought")
            .RequireRateLimiting(PaymentsLimits.Read.Name).WithCompressibleAnswers();
        payments.MapPost("/purchase", BuyPackage.Handle).WithName("BuyPackage").WithSummary("Buys a package")
            .RequireRateLimiting(PaymentsLimits.Purchase.Name);
        payments.MapPost("/quick-purchase", QuickPurchase.Handle).WithName("QuickPurchase").WithSummary("Buys a small amount")
            .RequireRateLimiting(PaymentsLimits.QuickPurchase.Name);
        payments.MapGet("/purchases/{id}", GetPurchase.Handle).WithName("GetPurchase").WithSummary("How a purchase stands")
            .RequireRateLimiting(PaymentsLimits.Read.Name);

        var admin = payments.MapGroup("/admin/payments").RequireAuthorization(Policies.Admin).WithTags("Admin");
        admin.MapGet("/parked", ListParked.Handle).WithName("ListParked").WithSummary("Payments that wait for a person")
            .RequireRateLimiting(PaymentsLimits.Admin.Name).WithCompressibleAnswers();
        admin.MapPost("/parked/{id}/release", ReleaseParked.Handle).WithName("ReleaseParked").WithSummary("Tries a parked payment again")
            .RequireRateLimiting(PaymentsLimits.Admin.Name);

        routes.MapPost("/webhooks/stripe", ReceiveStripeEvent.Handle).AllowAnonymous().WithName("ReceiveStripeEvent").WithTags("Payments")
            .WithSummary("Takes an event that Stripe has signed")
            .WithoutRateLimit("What isn't signed by Stripe is refused, and what is would only come again.");
    }
}
