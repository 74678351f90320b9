using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tokens.Payments.Data;
using Tokens.Payments.Parking;
using Tokens.Payments.Purchases;
using Tokens.Payments.Tests.Parts;
using Tokens.Platform.Storage;
using Tokens.Testing;
using Tokens.Testing.Products;
using Answer = Tokens.Testing.Products.Answer;

namespace Tokens.Payments.Tests.Parking;

/// <summary>Parks payments of a running product, and asks for them as an administrator does.</summary>
internal sealed class ParkedDesk(ProductFixture product)
{
    internal const string Path = "/api/tokens/admin/payments/parked";

    internal static readonly TimeSpan Soon = Eventually.Deadline;

    internal static Task<Answer> ReleaseAsync(TestMember admin, string id) => admin.PostAsync($"{Path}/{id}/release", new { });

    internal static async Task<(Guid PurchaseId, string IntentId)> OpenPurchaseAsync(TestMember member)
    {
        var answer = await member.PostAsync(
            "/api/tokens/purchase", new { tokenAmount = 50, paymentMethodId = "pm_card_threeDSecure2Required" }, Guid.NewGuid().ToString());
        answer.Status.ShouldBe(200, answer.Text);
        return (answer.Json.GetProperty("transaction").GetProperty("id").GetGuid(),
            answer.Json.GetProperty("paymentIntent").GetProperty("id").GetString()!);
    }

    internal async Task<string> SendAsync(string body)
    {
        using var client = new HttpClient { BaseAddress = product.Product.Gateway };
        var answer = await Webhook.SendAsync(client, body);
        answer.Status.ShouldBe(200, answer.Text);
        return Webhook.IdOf(body);
    }

    /// <summary>Module, kind, id and reason of what the page of operations shows.</summary>
    internal async Task<List<(string?, string?, string?, string?)>> ShownToOperationsAsync()
    {
        using var client = new HttpClient { BaseAddress = product.Product.Api };
        var data = await Answer.ReadAsync(await client.GetAsync("/ops/data"));
        return
        [
            .. data.Json.GetProperty("parked").EnumerateArray().Select(row => (
                row.GetProperty("module").GetString(),
                row.GetProperty("kind").GetString(),
                row.GetProperty("id").GetString(),
                row.GetProperty("reason").GetString())),
        ];
    }

    internal static async Task<JsonElement> ListedAsync(TestMember admin, string id)
    {
        JsonElement? listed = null;
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                var answer = await admin.GetAsync(Path + "?limit=200");
                answer.Status.ShouldBe(200, answer.Text);
                answer.Json.GetProperty("success").GetBoolean().ShouldBeTrue();
                listed = answer.Json.GetProperty("parked").EnumerateArray()
                    .Select(item => (JsonElement?)item).FirstOrDefault(item => item!.Value.GetProperty("id").GetString() == id);
                return listed is not null;
            },
            Soon,
            $"{id} is listed");
        return listed!.Value;
    }

    internal static async Task<List<string>> ListAsync(TestMember admin, int limit)
    {
        var ids = new List<string>();
        string? cursor = null;
        do
        {
            var path = $"{Path}?limit={limit}" + (cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor));
            var page = (await admin.GetAsync(path)).Json;
            page.GetProperty("parked").GetArrayLength().ShouldBeLessThanOrEqualTo(limit);
            ids.AddRange(page.GetProperty("parked").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);
        return ids;
    }

    // As the settlement does after its attempts.
    internal Task<int> ParkAsync(Guid purchaseId) => WriteAsync((db, token) => db.Purchases.Where(p => p.Id == purchaseId)
        .ExecuteUpdateAsync(
            set => set.SetProperty(p => p.ParkedReason, ParkedReason.KeepsFailing).SetProperty(p => p.Failures, 7)
                .SetProperty(p => p.NextCheckAt, (DateTime?)null).SetProperty(p => p.Version, p => p.Version + 1),
            token));

    internal Task<Purchase> FindAsync(Guid purchaseId) => WriteAsync((db, token) =>
        db.Purchases.AsNoTracking().SingleAsync(p => p.Id == purchaseId, token));

    internal Task<T> WriteAsync<T>(Func<PaymentsDb, CancellationToken, Task<T>> work) =>
        product.Product.Services.GetRequiredService<IModuleDb<PaymentsDb>>().WriteAsync(work, CancellationToken.None);
}
