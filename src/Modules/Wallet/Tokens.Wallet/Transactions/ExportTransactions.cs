using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Tokens.Platform.Identity;
using Tokens.Platform.Inputs;
using Tokens.Platform.Time;

namespace Tokens.Wallet.Transactions;

/// <summary>GET /api/tokens/transactions/export: the whole statement, streamed page by page, newest first.</summary>
internal static class ExportTransactions
{
    private const string Csv = "csv";
    private const string Json = "json";
    private const int FlushBytes = 16 * 1024;

    internal sealed record Request(string Format, EntryFilter Filter) : IInput<Request>
    {
        public static Request Read(InputReader input) => new(
            input.Query.OptionalChoice("format", "Invalid export format", [Csv, Json]) ?? Csv,
            EntryFilter.Read(input, withType: false));
    }

    internal static PushStreamHttpResult Handle(
        Input<Request> input,
        Caller caller,
        EntrySearch search,
        IOptions<WalletOptions> options,
        TimeProvider time,
        HttpContext context)
    {
        var request = input.Value;
        var entries = ReadAsync(search, caller.Id, request.Filter, options.Value.ExportPageSize, context.RequestAborted);
        var file = $"transactions-{time.UtcNow():yyyy-MM-dd}.{request.Format}";
        return request.Format == Csv
            ? TypedResults.Stream(body => StatementCsv.WriteAsync(body, entries), "text/csv; charset=utf-8", file)
            : TypedResults.Stream(body => WriteJsonAsync(body, entries, time), "application/json; charset=utf-8", file);
    }

    private static async IAsyncEnumerable<Entry> ReadAsync(
        EntrySearch search,
        Guid accountId,
        EntryFilter filter,
        int pageSize,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long? below = long.MaxValue;
        while (below is { } cursor)
        {
            var page = await search.NewestAsync(accountId, filter, cursor, 0, pageSize, cancellationToken);
            foreach (var entry in page.Entries)
            {
                yield return entry;
            }

            below = page.Next;
        }
    }

    private static async Task WriteJsonAsync(Stream body, IAsyncEnumerable<Entry> entries, TimeProvider time)
    {
        // Through a pipe, because the serializer ends each value with a blocking flush of what it writes to.
        var pipe = PipeWriter.Create(body);
        await using var json = new Utf8JsonWriter(pipe);
        json.WriteStartObject();
        json.WriteBoolean("success", value: true);
        json.WriteString("timestamp", time.UtcNow());
        json.WriteStartArray("transactions");
        await foreach (var entry in entries)
        {
            JsonSerializer.Serialize(json, entry, JsonSerializerOptions.Web);
            if (pipe.UnflushedBytes > FlushBytes)
            {
                await pipe.FlushAsync();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync();
        await pipe.CompleteAsync();
    }
}
