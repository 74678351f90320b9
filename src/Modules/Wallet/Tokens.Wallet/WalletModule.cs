using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Tokens.Platform;
using Tokens.Platform.Answers;
using Tokens.Platform.Caching;
using Tokens.Platform.Identity;
using Tokens.Platform.Importing;
using Tokens.Platform.Inputs;
using Tokens.Platform.Operations;
using Tokens.Platform.RateLimits;
using Tokens.Platform.Redis;
using Tokens.Platform.Storage;
using Tokens.Platform.Telemetry;
using Tokens.Wallet.Adjustments;
using Tokens.Wallet.Balances;
using Tokens.Wallet.Calls;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Data;
using Tokens.Wallet.Ledger;
using Tokens.Wallet.Members;
using Tokens.Wallet.MovingIn;
using Tokens.Wallet.Outbox;
using Tokens.Wallet.Tips;
using Tokens.Wallet.Transactions;
using Tokens.Wallet.Verification;

namespace Tokens.Wallet;

/// <summary>Accounts, transfers and members: the ledger and what members see of it.</summary>
public sealed class WalletModule : IModule
{
    internal const string ModuleName = "wallet";

    /// <inheritdoc />
    public string Name => ModuleName;

    /// <inheritdoc />
    public void AddServices(IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddModuleDb<WalletDb, WalletDbSqlite, WalletDbPostgres>(ModuleName);
        var services = builder.Services;
        services.AddRateLimitPolicies(WalletLimits.All);
        services.AddOptions<WalletOptions>().BindConfiguration("Wallet").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<LedgerOptions>().BindConfiguration("Ledger").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<OutboxOptions>().BindConfiguration("Outbox").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => new TokenValue(provider.GetRequiredService<IOptions<WalletOptions>>().Value.TokenValueMinor));

        if (StorageSettings.From(builder.Configuration).Provider == StorageProvider.Sqlite)
        {
            services.AddSingleton<ILedgerStoreFactory, SqliteLedgerStoreFactory>();
        }
        else
        {
            services.AddSingleton<ILedgerStoreFactory, PostgresLedgerStoreFactory>();
        }

        services.AddSingleton<WalletMetrics>();
        services.AddFigures<WalletFigures>();
        services.AddSingleton<PostingQueue>();
        services.AddSingleton<MemberPosting>();
        services.AddSingleton<IWalletLedger, WalletLedger>();
        services.AddSingleton<BalanceFeed>();
        services.AddSingleton<IMemberNotices, MemberNotices>();
        services.AddSingleton<ICommitListener>(provider => provider.GetRequiredService<BalanceFeed>());
        builder.AddFigureCache(Balance.CacheName, "BalanceCache", WalletMetrics.MeterName);
        services.AddSingleton<ICommitFollower, BalanceWriteThrough>();
        if (RedisRegistration.IsConfigured(builder.Configuration))
        {
            services.AddSingleton<BalanceBroadcast>();
            services.AddSingleton<ICommitListener>(provider => provider.GetRequiredService<BalanceBroadcast>());
            services.AddHostedService(provider => provider.GetRequiredService<BalanceBroadcast>());
        }

        services.AddSingleton<EntryBlocks>();
        services.AddSingleton<EntrySearch>();
        services.AddSingleton<IWalletHistory, WalletHistory>();
        services.AddSingleton<CacheRepair>();
        services.AddSingleton<OutboxFanOut>();
        services.AddSingleton<Deliveries>();
        services.AddSingleton<OutboxRelay>();
        services.AddSingleton<ICommitListener>(provider => provider.GetRequiredService<OutboxRelay>());
        services.AddHostedService(provider => provider.GetRequiredService<OutboxRelay>());
        services.AddHostedService<PostingWriter>();

        services.AddSingleton<BalanceReader>();
        services.AddSingleton<LedgerAudit>();
        services.AddSingleton<IOperationsCheck, LedgerCheck>();
        services.AddSingleton<MemberDirectory>();
        services.AddSingleton<ISignInObserver, SignInRecorder>();
        services.AddLineImporter<BalanceImporter>();
        services.AddLineImporter<TransactionImporter>();
    }

    /// <inheritdoc />
    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        var wallet = routes.MapGroup("/api/tokens").WithTags("Wallet");
        wallet.MapGet("", GetWallet.Handle).WithName("GetWallet").WithSummary("The wallet under an old client's names")
            .RequireRateLimiting(WalletLimits.Read.Name);
        wallet.MapGet("/balance", GetBalance.Handle).WithName("GetBalance").WithSummary("The balance and what it is worth")
            .RequireRateLimiting(WalletLimits.Read.Name);
        wallet.MapGet("/balance/stream", StreamBalance.Handle).WithName("StreamBalance")
            .WithSummary("The balance on connect and after each change, as server-sent events")
            .Produces(StatusCodes.Status200OK, contentType: "text/event-stream")
            .RequireRateLimiting(WalletLimits.Stream.Name);
        wallet.MapGet("/transactions", ListTransactions.Handle).WithName("ListTransactions").WithSummary("The history, newest first")
            .RequireRateLimiting(WalletLimits.Read.Name).WithCompressibleAnswers();
        wallet.MapGet("/transactions/past", ListPastTransactions.Handle).WithName("ListPastTransactions")
            .WithSummary("The history brought along from an older system, newest first")
            .RequireRateLimiting(WalletLimits.Read.Name).WithCompressibleAnswers();
        wallet.MapGet("/transactions/export", ExportTransactions.Handle).WithName("ExportTransactions")
            .WithSummary("The statement as CSV or JSON").RequireRateLimiting(WalletLimits.Export.Name)
            .WithCompressibleAnswers();
        wallet.MapPost("/tip", SendTip.Handle).WithName("SendTip").WithSummary("Tips a creator")
            .RequireRateLimiting(WalletLimits.Tip.Name);
        wallet.MapPost("/tip/{creatorId}", SendTip.HandleByPath).WithName("SendTipTo").WithSummary("Tips the creator of the path")
            .RequireRateLimiting(WalletLimits.Tip.Name);
        wallet.MapPost("/calls/deduct", DeductCall.Handle).WithName("DeductCall").WithSummary("Pays for a call")
            .RequireRateLimiting(WalletLimits.Call.Name);

        var admin = wallet.MapGroup("/admin").RequireAuthorization(Policies.Admin).WithTags("Admin");
        admin.MapPost("/adjustments", AdjustBalance.Handle).WithName("AdjustBalance").WithSummary("Corrects a balance")
            .RequireRateLimiting(WalletLimits.Admin.Name);
        admin.MapPut("/members/{id}", PutMember.Handle).WithName("PutMember").WithSummary("Says who a member is")
            .RequireRateLimiting(WalletLimits.Admin.Name);
        admin.MapPut("/members", PutMembers.Handle).WithName("PutMembers").WithSummary("Says who members are, up to 1,000 at once")
            .WithMetadata(new RequestSizeLimitMetadata(512 * 1024)).RequireRateLimiting(WalletLimits.Admin.Name);
        admin.MapGet("/ledger/verify", VerifyLedger.Handle).WithName("VerifyLedger").WithSummary("Recounts the ledger")
            .RequireRateLimiting(WalletLimits.Verify.Name);
    }
}
