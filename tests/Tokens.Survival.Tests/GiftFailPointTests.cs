using Tokens.GiftCards;
using Tokens.Survival.Tests.Running;
using Tokens.Testing;
using Tokens.Testing.Running;

namespace Tokens.Survival.Tests;

/// <summary>Killed between any two of its steps, a gift card or a gift ends right by itself.</summary>
public sealed class GiftFailPointTests
{
    // Backwards, so that what recovers meanwhile passes no point that the next one is to die at.
    private static readonly FailPointScene<GiftActor>[] Scenes =
    [
        new("CardActive", actor => actor.IssuesAsync(), actor => actor.HasTheCardAsync()),
        new("RevokePosted", actor => actor.IssuesInTwoRunsAsync(), actor => actor.HasTheTokensBackAsync()),
        new("RevokeStored", actor => actor.IssuesInTwoRunsAsync(), actor => actor.HasTheTokensBackAsync()),
        new("CardPaid", actor => actor.IssuesAsync(), actor => actor.IssuesAnewAsync()),
        new("CardStored", actor => actor.IssuesAsync(), actor => actor.IssuesAnewAsync()),
        new("RedeemStored", actor => actor.RedeemsAsync(), actor => actor.HasRedeemedOnceAsync()),
        new("RedeemPosted", actor => actor.RedeemsAsync(), actor => actor.HasRedeemedOnceAsync()),
        new("RedeemClaimed", actor => actor.RedeemsAsync(), actor => actor.HasRedeemedOnceAsync()),
        new("CancelStored", actor => actor.CancelsAsync(), actor => actor.HasCancelledOnceAsync()),
        new("CancelPosted", actor => actor.CancelsAsync(), actor => actor.HasCancelledOnceAsync()),
        new("CancelClaimed", actor => actor.CancelsAsync(), actor => actor.HasCancelledOnceAsync()),
        new("ExpiryStored", actor => actor.HasACardExpireAsync(), actor => actor.HasExpiredOnceAsync()),
        new("ExpiryPosted", actor => actor.HasACardExpireAsync(), actor => actor.HasExpiredOnceAsync()),
        new("ExpiryClaimed", actor => actor.HasACardExpireAsync(), actor => actor.HasExpiredOnceAsync()),
        new("TakeoverPosted", actor => actor.BringsACardAsync("fedcba9876543210"), actor => actor.HasBroughtOnceAsync("fedcba9876543210")),
        new("TakeoverStored", actor => actor.BringsACardAsync("0123456789abcdef"), actor => actor.HasBroughtOnceAsync("0123456789abcdef")),
        new("GiftSent", actor => actor.GivesAsync(), actor => actor.HasGivenOnceAsync(isPosted: true)),
        new("GiftPosted", actor => actor.GivesAsync(), actor => actor.HasGivenOnceAsync(isPosted: true)),
        new("GiftStored", actor => actor.GivesAsync(), actor => actor.HasGivenOnceAsync(isPosted: false)),
    ];

    [Fact]
    [Trait(Form.Trait, Form.Extended)]
    public async Task On_Sqlite() => await AtEveryPointAsync(Installation.Sqlite());

    [Fact]
    public async Task On_PostgreSQL() => await AtEveryPointAsync(await Installation.PostgresAsync());

    private static async Task AtEveryPointAsync(Installation product)
    {
        await using var installation = product;
        Enum.GetNames(typeof(GiftCardsModule).Assembly.GetType("Tokens.GiftCards.GiftCardsFailPoint", throwOnError: true)!)
            .ShouldBe(Scenes.Select(scene => scene.Point), ignoreOrder: true);
        installation.Settings["GiftCards__Recovery__RollBackAfterSeconds"] = "5";
        var failing = await FailingProduct.StartAsync(installation);
        using var admin = await Members.AdminAsync(installation.Gateway);
        var actors = new List<(FailPointScene<GiftActor> Scene, GiftActor Actor)>();
        foreach (var scene in Scenes)
        {
            actors.Add((scene, await GiftActor.BeginAsync(installation, failing, admin, scene.Point)));
            await scene.Die(actors[^1].Actor);
        }

        await Task.WhenAll(actors.Select(each => each.Scene.End(each.Actor)));
        foreach (var (_, actor) in actors)
        {
            await actor.NothingIsLostAsync();
            actor.Dispose();
        }

        await Members.LedgerShouldBeCleanAsync(admin);
    }
}
