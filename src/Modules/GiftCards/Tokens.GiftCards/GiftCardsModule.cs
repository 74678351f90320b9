using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tokens.GiftCards.Cards;
using Tokens.GiftCards.Catalog;
using Tokens.GiftCards.Codes;
using Tokens.GiftCards.Data;
using Tokens.GiftCards.Gifts;
using Tokens.GiftCards.MovingIn;
using Tokens.GiftCards.Parking;
using Tokens.GiftCards.Postings;
using Tokens.GiftCards.Recovery;
using Tokens.GiftCards.Redemptions;
using Tokens.Platform;
using Tokens.Platform.Identity;
using Tokens.Platform.Importing;
using Tokens.Platform.Operations;
using Tokens.Platform.RateLimits;
using Tokens.Platform.Storage;
using Tokens.Platform.Telemetry;
using Tokens.Platform.Work;

namespace Tokens.GiftCards;

/// <summary>Gift cards, and gifts from member to member.</summary>
public sealed class GiftCardsModule : IModule
{
    internal const string ModuleName = "giftcards";

    /// <inheritdoc />
    public string Name => ModuleName;

    /// <inheritdoc />
    public void AddServices(IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddModuleDb<GiftCardsDb, GiftCardsDbSqlite, GiftCardsDbPostgres>(ModuleName);
        AddOptions(builder);
        var services = builder.Services;
        services.AddRateLimitPolicies(GiftCardsLimits.All);
        services.AddSingleton<GiftCardsMetrics>();
        builder.AddFailPoints();
        services.AddFigures<GiftCardsFigures>();
        services.AddSingleton<PostingFence>();
        services.AddSingleton<CodeKeyring>();
        services.AddSingleton<CodeSeal>();
        services.AddSingleton<RedeemLock>();
        services.AddSingleton<FailureCounter>();
        services.AddHostedService(provider => provider.GetRequiredService<FailureCounter>());
        services.AddSingleton<CardStore>();
        services.AddSingleton<CodeReveal>();
        services.AddSingleton<CardIssue>();
        services.AddSingleton<CardEnd>();
        services.AddSingleton<CardTakeover>();
        services.AddLineImporter<CardImporter>();
        services.AddSingleton<Redemption>();
        services.AddSingleton<GiftStore>();
        services.AddSingleton<GiftSending>();
        services.AddSingleton<RetryPauses>();
        services.AddSingleton<DueCards>();
        services.AddSingleton<DueGifts>();
        services.AddSingleton<ParkedItems>();
        services.AddSingleton<IParkedReader, ParkedReader>();
        services.AddHostedService<RecoveryWorker>();
    }

    /// <inheritdoc />
    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        var cards = routes.MapGroup("/api/tokens").WithTags("Gift cards");
        cards.MapPost("/gift-card", IssueCard.Handle).WithName("IssueGiftCard").WithSummary("Puts tokens onto a new gift card")
            .RequireRateLimiting(GiftCardsLimits.Issue.Name);
        cards.MapPost("/redeem-gift-card", RedeemCard.Handle).WithName("RedeemGiftCard").WithSummary("Takes the tokens of a gift card")
            .RequireRateLimiting(GiftCardsLimits.Redeem.Name);
        cards.MapGet("/gift-cards", ListCards.Handle).WithName("ListGiftCards").WithSummary("The member's own gift cards, newest first")
            .RequireRateLimiting(GiftCardsLimits.Read.Name);
        cards.MapDelete("/gift-cards/{giftCardId}", CancelCard.Handle).WithName("CancelGiftCard")
            .WithSummary("Cancels an unused gift card and refunds it").RequireRateLimiting(GiftCardsLimits.Issue.Name);

        var gifts = routes.MapGroup("/api/tokens").WithTags("Gifts");
        gifts.MapGet("/catalog", ListCatalog.Handle).WithName("ListCatalog").WithSummary("What can be given")
            .RequireRateLimiting(GiftCardsLimits.Read.Name);
        gifts.MapPost("/gift", SendGift.Handle).WithName("SendGift").WithSummary("Gives tokens to another member")
            .RequireRateLimiting(GiftCardsLimits.Gift.Name);
        gifts.MapGet("/gifts", ListGifts.Handle).WithName("ListGifts").WithSummary("Gifts sent and received, newest first")
            .RequireRateLimiting(GiftCardsLimits.Read.Name);

        var admin = cards.MapGroup("/admin/gift-cards").RequireAuthorization(Policies.Admin).WithTags("Admin");
        admin.MapGet("/parked", ListParkedCards.Handle).WithName("ListParkedGiftCards").WithSummary("Cards and gifts that wait for a person")
            .RequireRateLimiting(GiftCardsLimits.Admin.Name);
        admin.MapPost("/parked/{id}/release", ReleaseParkedCard.Handle).WithName("ReleaseParkedGiftCard")
            .WithSummary("Tries a parked card or gift again").RequireRateLimiting(GiftCardsLimits.Admin.Name);
    }

    private static void AddOptions(IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<GiftCardsOptions>().BindConfiguration("GiftCards")
            .Configure<IConfiguration>((options, configuration) => options.Read(configuration)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<RecoveryOptions>().BindConfiguration("GiftCards:Recovery").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<RedeemLockOptions>().BindConfiguration("GiftCards:Lock").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<GiftsOptions>().BindConfiguration("Gifts")
            .Configure<IConfiguration>((options, configuration) => options.Read(configuration))
            .PostConfigure(options => options.AddDefaultCatalog()).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<PepperOptions>()
            .Configure<IConfiguration>((options, configuration) => options.Read(configuration))
            .ValidateDataAnnotations()
            .Validate(
                options => options.Peppers.Count > 0 || builder.Environment.IsDevelopment(),
                $"{PepperOptions.Setting} is required outside Development.")
            .ValidateOnStart();
    }
}
