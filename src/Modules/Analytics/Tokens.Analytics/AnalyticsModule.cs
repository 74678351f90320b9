using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tokens.Analytics.Contracts;
using Tokens.Analytics.Data;
using Tokens.Analytics.Forecasts;
using Tokens.Analytics.Generations;
using Tokens.Analytics.Ranges;
using Tokens.Analytics.RollUps;
using Tokens.Analytics.Spending;
using Tokens.Platform;
using Tokens.Platform.Answers;
using Tokens.Platform.Commands;
using Tokens.Platform.RateLimits;
using Tokens.Platform.Storage;
using Tokens.Wallet.Contracts;

namespace Tokens.Analytics;

/// <summary>What members spent and earned, by day, kind and counterparty, and what they are going to spend.</summary>
public sealed class AnalyticsModule : IModule
{
    internal const string ModuleName = "analytics";

    /// <inheritdoc />
    public string Name => ModuleName;

    /// <inheritdoc />
    public void AddServices(IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddModuleDb<AnalyticsDb, AnalyticsDbSqlite, AnalyticsDbPostgres>(ModuleName);
        var services = builder.Services;
        services.AddRateLimitPolicies(AnalyticsLimits.All);
        services.AddOptions<AnalyticsOptions>().BindConfiguration("Analytics").ValidateDataAnnotations().ValidateOnStart();
        if (StorageSettings.From(builder.Configuration).Provider == StorageProvider.Sqlite)
        {
            services.AddSingleton<IRollUpStore, SqliteRollUpStore>();
        }
        else
        {
            services.AddSingleton<IRollUpStore, PostgresRollUpStore>();
        }

        services.AddSingleton<AnalyticsMetrics>();
        services.AddSingleton<GenerationBook>();
        services.AddSingleton<RollUpCounter>();
        services.AddSingleton<IPostingSubscriber, RollUpSubscriber>();
        services.AddSingleton<GenerationSwitch>();
        services.AddSingleton<Replay>();
        services.AddHostedService<Upkeep>();
        services.AddSingleton<IModuleCommand, RebuildCommand>();

        services.AddSingleton<FoldedRanges>();
        services.AddSingleton<RangeReader>();
        services.AddSingleton<MemberZone>();
        services.AddSingleton<TopMembers>();

        services.AddOptions<ForecastOptions>().BindConfiguration("Forecast").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RefillForecasts>();
        services.AddSingleton<IRefillForecast>(provider => provider.GetRequiredService<RefillForecasts>());
    }

    /// <inheritdoc />
    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        var analytics = routes.MapGroup("/api/tokens/analytics").WithTags("Analytics").RequireRateLimiting(AnalyticsLimits.Read.Name);
        analytics.MapGet("/predict-refill", PredictRefill.Handle).WithName("PredictRefill")
            .WithSummary("When the balance will be used up, and which package suits");
        analytics.MapGet("/{type}", GetAnalytics.Handle).WithName("GetAnalytics")
            .WithSummary("What the member spent (fan) or earned (creator), day by day").WithCompressibleAnswers();
    }
}
