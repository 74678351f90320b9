using System.Net;
using Microsoft.EntityFrameworkCore;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Wallet.Tests.Parts;

namespace Tokens.Wallet.Tests.Balances;

public abstract class StreamBalanceTests(TunedProduct fixture)
{
    [Fact]
    public async Task A_stream_tells_the_balance_on_connect_and_each_change_on_both_sides()
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        using var creator = await fixture.SignInAsync(isCreator: true);
        using var paying = await EventStream.OpenAsync(fan.Client);
        using var earning = await EventStream.OpenAsync(creator.Client);
        paying.Response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");

        var first = (await paying.NextEventAsync())!;
        first.Event.ShouldBe("balance_updated");
        first.Balance.ShouldBe(1_000);
        first.Delta.ShouldBe(0);
        (await earning.NextEventAsync())!.Balance.ShouldBe(0);

        var tip = await fan.TipAsync(creator.Id, 100);
        var paid = (await paying.NextEventAsync())!;
        paid.Event.ShouldBe("balance_updated");
        paid.Balance.ShouldBe(900);
        paid.Delta.ShouldBe(-100);
        paid.Kind.ShouldBe("tip");
        paid.Data!.Value.GetProperty("transactionId").GetGuid().ShouldBe(tip.Json.GetProperty("transactionId").GetGuid());
        var earned = (await earning.NextEventAsync())!;
        earned.Balance.ShouldBe(100);
        earned.Delta.ShouldBe(100);

        (await fan.TipAsync(creator.Id, 50)).Status.ShouldBe(200);
        (await paying.NextEventAsync())!.Balance.ShouldBe(850);
        (await earning.NextEventAsync())!.Balance.ShouldBe(150);
    }

    [Fact]
    public async Task A_heartbeat_keeps_the_stream_open_and_catches_up_what_was_missed()
    {
        using var member = await fixture.SignInWithAsync(1_000);
        using var stream = await EventStream.OpenAsync(member.Client);
        (await stream.NextEventAsync())!.Balance.ShouldBe(1_000);
        (await stream.NextAsync())!.Comment.ShouldNotBeNull();

        // As a repair by hand does: nobody is told, so it shows when the remembered balance is over, if one is remembered.
        await fixture.Db().WriteAsync(
            (wallet, token) => wallet.Accounts.Where(a => a.Id == member.Id).ExecuteUpdateAsync(
                set => set.SetProperty(a => a.BalanceTokens, 940).SetProperty(a => a.Version, a => a.Version + 1), token),
            CancellationToken.None);

        var missed = (await stream.NextEventAsync())!;
        missed.Balance.ShouldBe(940);
        missed.Delta.ShouldBe(-60);
    }

    [Fact]
    public async Task A_member_holds_at_most_five_streams_and_a_closed_one_makes_room()
    {
        using var member = await fixture.SignInAsync();
        var streams = new List<EventStream>();
        for (var i = 0; i < 5; i++)
        {
            streams.Add(await EventStream.OpenAsync(member.Client));
            streams[i].Response.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        var sixth = await member.GetAsync("/api/tokens/balance/stream");
        sixth.Status.ShouldBe(429);
        sixth.Code.ShouldBe("rate_limited");
        sixth.Headers.RetryAfter.ShouldNotBeNull();
        sixth.Json.GetProperty("retryAfterSeconds").GetInt32().ShouldBeGreaterThan(0);
        using var other = await fixture.SignInAsync();
        using (var others = await EventStream.OpenAsync(other.Client))
        {
            others.Response.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        streams[0].Dispose();
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                using var next = await EventStream.OpenAsync(member.Client);
                return next.Response.IsSuccessStatusCode;
            },
            TimeSpan.FromSeconds(20),
            "the closed stream has made room");
        streams.ForEach(stream => stream.Dispose());
    }

    [Fact]
    public async Task A_stream_ends_when_its_sign_in_does()
    {
        var expires = TimeProvider.System.GetUtcNow().AddSeconds(3);
        using var client = SignedToken.Client(fixture.Product.Gateway, SignedToken.Of(Guid.NewGuid(), expires));
        using var stream = await EventStream.OpenAsync(client);
        (await stream.NextEventAsync())!.Event.ShouldBe("balance_updated");

        (await stream.NextEventAsync())!.Event.ShouldBe("expired");
        (await stream.NextAsync()).ShouldBeNull();
        TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ShouldBeGreaterThanOrEqualTo(expires.ToUnixTimeSeconds());
    }

    [Fact]
    public async Task A_stream_needs_a_sign_in()
    {
        using var client = new HttpClient { BaseAddress = fixture.Product.Gateway };

        (await client.GetAsync("/api/tokens/balance/stream")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_stream_ends_when_the_product_stops()
    {
        await using var storage = Storage.Sqlite();
        var product = await RunningProduct.StartAsync(storage);
        using var member = await TestMember.SignInAsync(product.Gateway);
        using var stream = await EventStream.OpenAsync(member.Client);
        (await stream.NextEventAsync())!.Balance.ShouldBe(0);

        await product.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);

        (await stream.NextAsync()).ShouldBeNull();
    }
}

[Collection(OnTunedSqlite.Name)]
public sealed class StreamBalanceOnSqliteTests(TunedSqliteProduct product) : StreamBalanceTests(product);

[Collection(OnTunedPostgres.Name)]
public sealed class StreamBalanceOnPostgresTests(TunedPostgresProduct product) : StreamBalanceTests(product);
