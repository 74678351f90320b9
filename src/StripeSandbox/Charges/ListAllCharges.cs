using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tokens.StripeSandbox.Storage;

namespace Tokens.StripeSandbox.Charges;

/// <summary><c>GET /sandbox/charges</c>: every charge ever made, oldest first, streamed so that its size doesn't matter.</summary>
internal static class ListAllCharges
{
    private const int ChargesARead = 500;

    private sealed record Row(
        string Id, string PaymentIntentId, long Amount, string Currency, string Status, DateTime CreatedAt);

    internal static async Task Handle(HttpContext context)
    {
        var db = context.RequestServices.GetRequiredService<SandboxDb>();
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteStartArray("charges");
        long last = 0;
        while (db.Read(session => Charge.ListAfter(session, last, ChargesARead)) is { Count: > 0 } charges)
        {
            charges.ForEach(row => JsonSerializer.Serialize(json, ToRow(row.Charge), JsonSerializerOptions.Web));
            last = charges[^1].Sequence;
            await json.FlushAsync(context.RequestAborted);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static Row ToRow(Charge charge) => new(
        charge.Id,
        charge.PaymentIntentId,
        charge.Amount,
        charge.Currency,
        charge.Status == ChargeStatus.Succeeded ? "succeeded" : "failed",
        charge.CreatedAt.UtcDateTime);
}
