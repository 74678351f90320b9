using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tokens.Analytics.Contracts;
using Tokens.Payments.Charging;
using Tokens.Payments.Data;
using Tokens.Payments.Events;
using Tokens.Payments.Packages;
using Tokens.Payments.Parking;
using Tokens.Payments.Purchases;
using Tokens.Payments.Refills;
using Tokens.Payments.SavedMethods;
using Tokens.Payments.Settlement;
using Tokens.Platform;
using Tokens.Platform.Answers;
using Tokens.Platform.Deliveries;
using Tokens.Platform.Identity;
using Tokens.Platform.Operations;
using Tokens.Platform.RateLimits;
using Tokens.Platform.Storage;
using Tokens.Platform.Switches;
using Tokens.Platform.Telemetry;
using Tokens.Platform.Work;
using Tokens.Wallet.Contracts;

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
        services.AddSwitch(PaymentsSwitches.Buying);
        services.AddSwitch(PaymentsSwitches.PayingOut);

        services.AddSingleton<PaymentsMetrics>();
        builder.AddFailPoints();
        services.AddOptions<SettlementOptions>().BindConfiguration("Settlement").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<CheckSchedule>();
        services.AddSingleton<DuePurchases>();
        services.AddSingleton<PurchaseClaims>();
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
        services.AddSingleton<PurchaseLooks>();
        services.AddSingleton<Checkout>();
        services.AddSingleton<PurchaseAnswers>();

        services.AddSingleton<StripeCustomers>();
        services.AddSingleton<MethodCalls>();
        services.AddSingleton<AttachedMethods>();
        services.AddSingleton<KeptMethodReader>();
        services.AddSingleton<RepeatedMethods>();
        services.AddSingleton<MethodAdmission>();
        services.AddSingleton<SavedMethodBook>();
        services.AddOptions<RefillOptions>().BindConfiguration("Refills").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RefillPlans>();
        services.AddSingleton<RefillSpending>();
        services.AddSingleton<PendingRefills>();
        services.AddSingleton<RefillOutcomes>();
        services.AddSingleton<RefillNeeds>();
        services.AddSingleton<RefillPause>();
        services.AddSingleton<RefillSettingsView>();
        services.AddSingleton<RefillEngine>();
        services.AddSingleton<RefillWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<RefillWorker>());
        services.AddSingleton<IPostingSubscriber, RefillWatch>();
        services.AddSingleton<IDefaultMethodObserver, ResumeRefills>();
        services.AddSingleton<ITopUp, RefillTopUp>();
        services.AddSingleton<IRefillContext, RefillContext>();

        services.AddFigures<PaymentsFigures>();
        builder.AddStripeEvents();
        services.AddSingleton<ParkedItems>();
        services.AddSingleton<IParkedReader, ParkedReader>();
    }

    /// <inheritdoc />
    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        var payments = routes.MapGroup("/api/tokens").WithTags("Payments");
        payments.MapGet("/packages", ListPackages.Handle).WithName("ListPackages").WithSummary("What can be bought")
            .RequireRateLimiting(PaymentsLimits.Read.Name).WithCompressibleAnswers();
        payments.MapPost("/purchase", BuyPackage.Handle).WithName("BuyPackage").WithSummary("Buys a package")
            .Needs(PaymentsSwitches.Buying)
            .RequireRateLimiting(PaymentsLimits.Purchase.Name);
        payments.MapPost("/quick-purchase", QuickPurchase.Handle).WithName("QuickPurchase").WithSummary("Buys a small amount")
            .Needs(PaymentsSwitches.Buying)
            .RequireRateLimiting(PaymentsLimits.Purchase.Name);
        payments.MapGet("/purchases/{id}", GetPurchase.Handle).WithName("GetPurchase").WithSummary("How a purchase stands")
            .RequireRateLimiting(PaymentsLimits.Read.Name);

        payments.MapPost("/purchase-saved", BuyWithSaved.Handle).WithName("BuyWithSaved").WithSummary("Buys a package with a kept payment method")
            .Needs(PaymentsSwitches.Buying)
            .RequireRateLimiting(PaymentsLimits.Purchase.Name);
        var methods = routes.MapGroup("/api/tokens/payment-methods").WithTags("Payment methods").RequireRateLimiting(PaymentsLimits.Methods.Name);
        methods.MapGet("", ListMethods.Handle).WithName("ListPaymentMethods").WithSummary("The member's kept payment methods");
        methods.MapPost("/setup", SetUpMethod.Handle).WithName("SetUpPaymentMethod").WithSummary("Begins to keep a payment method")
            .RequireRateLimiting(PaymentsLimits.Purchase.Name);
        methods.MapPut("/default", PutDefaultMethod.Handle).WithName("PutDefaultPaymentMethod").WithSummary("Says which one is the default");
        methods.MapDelete("/{id}", DeleteMethod.Handle).WithName("DeletePaymentMethod").WithSummary("Keeps a payment method no longer");

        var refills = routes.MapGroup("/api/tokens/settings").WithTags("Refills");
        refills.MapGet("/auto-refill", GetRefillSettings.Handle).WithName("GetRefillSettings").WithSummary("How the balance is refilled")
            .RequireRateLimiting(PaymentsLimits.Read.Name);
        refills.MapPatch("/auto-refill", PatchRefillSettings.Handle).WithName("PatchRefillSettings")
            .WithSummary("Changes how the balance is refilled; what is left out stays as it is").RequireRateLimiting(PaymentsLimits.Settings.Name);

        payments.MapPost("/smart-refill/trigger", TriggerRefill.Handle).WithName("TriggerRefill").WithSummary("Says that a reason to refill has come")
            .Needs(PaymentsSwitches.Buying)
            .RequireRateLimiting(PaymentsLimits.Purchase.Name);

        // Nothing is paid out by this release; the switch stands before the feature, so that the release that brings it can start with it off.
        payments.MapPost("/payout", TypedResults.NotFound).WithName("PayNothingOut").Needs(PaymentsSwitches.PayingOut).ExcludeFromDescription()
            .RequireRateLimiting(PaymentsLimits.Read.Name);

        var admin = payments.MapGroup("/admin/payments").RequireAuthorization(Policies.Admin).WithTags("Admin");
        admin.MapGet("/parked", ListParked.Handle).WithName("ListParked").WithSummary("Payments that wait for a person")
            .RequireRateLimiting(PaymentsLimits.Admin.Name).WithCompressibleAnswers();
        admin.MapPost("/parked/{id}/release", ReleaseParked.Handle).WithName("ReleaseParked").WithSummary("Tries a parked payment again")
            .RequireRateLimiting(PaymentsLimits.Admin.Name);

        routes.MapPost($"{DeliveryProtocol.Path}/{{id}}", ConfirmDelivery.Handle).AllowAnonymous().WithName("ConfirmDelivery")
            .ExcludeFromDescription().WithoutRateLimit("Only trusted gateways reach it, once for an answer.")
            .ServedWithout(Switch.Changes, "It tells of an answer that has been given already.");

        routes.MapPost("/webhooks/stripe", ReceiveStripeEvent.Handle).AllowAnonymous().WithName("ReceiveStripeEvent").WithTags("Payments")
            .WithSummary("Takes an event that Stripe has signed")
            .WithoutRateLimit("What isn't signed by Stripe is refused, and what is would only come again.")
            .ServedWithout(Switch.Changes, "It tells of money that has moved already.");
    }
}
