using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tokens.Payments.Data;
using Tokens.Platform.Storage;
using Tokens.Testing;
using Tokens.Testing.Products;

namespace Tokens.Payments.Tests.Purchases;

/// <summary>A browser that hangs up at the gateway and asks again, without a key, as the front ends do.</summary>
public abstract class ImpatientBrowserTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly object Order = new { tokenAmount = 50, paymentMethodId = "pm_card_visa" };

    [Fact]
    public async Task It_pays_once_when_it_never_got_the_answer_and_twice_when_it_buys_twice()
    {
        await using var storage = await OpenStorageAsync();
        await using var product = await RunningProduct.StartAsync(storage);
        using var stripe = new HttpClient { BaseAddress = product.Sandbox };
        using var fan = await TestMember.SignInAsync(product.Gateway);
        (await stripe.PutAsJsonAsync("/sandbox/faults", new { latencyMs = 1_000 })).EnsureSuccessStatusCode();

        await HangUpAsync(fan, product);
        await Eventually.BecomesTrueAsync(async () => await fan.BalanceAsync() == 50, Soon, "the purchase went on without its browser");

        var again = await fan.PostAsync("/api/tokens/purchase", Order);
        again.Status.ShouldBe(200, again.Text);
        again.Json.GetProperty("newBalance").GetInt64().ShouldBe(50);

        var another = await fan.PostAsync("/api/tokens/purchase", Order);
        another.Status.ShouldBe(200, another.Text);
        another.Json.GetProperty("newBalance").GetInt64().ShouldBe(100);
        (await ChargesAsync(stripe)).ShouldBe(2);
    }

    private protected abstract Task<Storage> OpenStorageAsync();

    private static async Task HangUpAsync(TestMember fan, RunningProduct product)
    {
        using var patience = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tokens/purchase") { Content = JsonContent.Create(Order) };
        var call = fan.Client.SendAsync(request, patience.Token);
        // Before Stripe has answered even its first call, so that the product hears of it well before it has an outcome to tell.
        await Eventually.BecomesTrueAsync(async () => await PurchasesAsync(product) == 1, Soon, "the purchase is on its way");
        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);
    }

    private static Task<int> PurchasesAsync(RunningProduct product) => product.Services.GetRequiredService<IModuleDb<PaymentsDb>>()
        .ReadAsync((db, token) => db.Purchases.CountAsync(token), CancellationToken.None);

    private static async Task<int> ChargesAsync(HttpClient stripe) =>
        (await Answer.ReadAsync(await stripe.GetAsync("/sandbox/charges"))).Json.GetProperty("charges").GetArrayLength();
}

public sealed class ImpatientBrowserOnSqliteTests : ImpatientBrowserTests
{
    private protected override Task<Storage> OpenStorageAsync() => Task.FromResult(Storage.Sqlite());
}

public sealed class ImpatientBrowserOnPostgresTests : ImpatientBrowserTests
{
    private protected override Task<Storage> OpenStorageAsync() => Storage.PostgresAsync();
}
