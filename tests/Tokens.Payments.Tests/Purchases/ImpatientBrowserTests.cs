using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
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
    private static readonly TimeSpan Soon = Eventually.Deadline;
    private static readonly object Order = new { tokenAmount = 50, paymentMethodId = "pm_card_visa" };

    // On a busy machine nothing may be decided by time.
    private static readonly Dictionary<string, string?> Patient = new()
    {
        ["Gateway:DeliveryGrace"] = "00:00:02",
        ["Payments:AnswerMarkMilliseconds"] = "2000",
    };

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

    [Fact]
    public async Task It_pays_once_when_its_connection_broke_before_it_read_the_answer()
    {
        await using var storage = await OpenStorageAsync();
        await using var product = await RunningProduct.StartAsync(storage, Patient);
        using var stripe = new HttpClient { BaseAddress = product.Sandbox };
        using var fan = await TestMember.SignInAsync(product.Gateway);
        using (var browser = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            await browser.ConnectAsync(product.Gateway.Host, product.Gateway.Port);
            await browser.SendAsync(RawOrder(fan, product.Gateway));
            await Eventually.BecomesTrueAsync(() => browser.Available > 0, Soon, "the answer waits to be read");
            browser.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        var again = await fan.PostAsync("/api/tokens/purchase", Order);
        again.Status.ShouldBe(200, again.Text);
        again.Json.GetProperty("newBalance").GetInt64().ShouldBe(50);
        (await ChargesAsync(stripe)).ShouldBe(1);
    }

    [Fact]
    public async Task It_pays_twice_when_it_closed_its_connection_after_it_read_the_answer()
    {
        await using var storage = await OpenStorageAsync();
        await using var product = await RunningProduct.StartAsync(storage, Patient);
        using var stripe = new HttpClient { BaseAddress = product.Sandbox };
        using var fan = await TestMember.SignInAsync(product.Gateway);
        for (var purchase = 1; purchase <= 3; purchase++)
        {
            using var browser = new HttpClient { BaseAddress = product.Gateway };
            browser.DefaultRequestHeaders.Authorization = fan.Client.DefaultRequestHeaders.Authorization;
            browser.DefaultRequestHeaders.ConnectionClose = purchase % 2 == 0;
            var answer = await Answer.ReadAsync(await browser.PostAsJsonAsync("/api/tokens/purchase", Order));
            answer.Json.GetProperty("newBalance").GetInt64().ShouldBe(50 * purchase, answer.Text);
        }

        (await ChargesAsync(stripe)).ShouldBe(3);
    }

    private static byte[] RawOrder(TestMember fan, Uri gateway)
    {
        var body = JsonSerializer.Serialize(Order);
        return Encoding.ASCII.GetBytes(
            $"POST /api/tokens/purchase HTTP/1.1\r\nHost: {gateway.Authority}\r\nAuthorization: Bearer {fan.Token}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
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

[Trait(Form.Trait, Form.Extended)]
public sealed class ImpatientBrowserOnSqliteTests : ImpatientBrowserTests
{
    private protected override Task<Storage> OpenStorageAsync() => Task.FromResult(Storage.Sqlite());
}

public sealed class ImpatientBrowserOnPostgresTests : ImpatientBrowserTests
{
    private protected override Task<Storage> OpenStorageAsync() => Storage.PostgresAsync();
}
