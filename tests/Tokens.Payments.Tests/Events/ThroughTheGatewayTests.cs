using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tokens.Payments.Tests.Parts;
using Tokens.Platform.Storage.Sqlite;
using Tokens.Testing;
using Tokens.Testing.Products;
using Answer = Tokens.Testing.Products.Answer;

namespace Tokens.Payments.Tests.Events;

/// <summary>The route in the whole product: without a sign-in, larger than other bodies, and honest when it can't keep an event.</summary>
public sealed class ThroughTheGatewayTests
{
    private static readonly TimeSpan Soon = Eventually.Deadline;

    [Fact]
    public async Task An_event_needs_a_signature_and_no_sign_in()
    {
        await using var storage = Storage.Sqlite();
        await using var product = await RunningProduct.StartAsync(storage, Webhook.Settings);
        using var client = new HttpClient { BaseAddress = product.Gateway };
        var body = Webhook.Succeeded(Guid.NewGuid(), "pi_elsewhere");

        var taken = await Webhook.SendAsync(client, body);
        var refused = await Webhook.SendAsync(client, body, Webhook.Sign(body, Webhook.OtherSecret));

        taken.Status.ShouldBe(200, taken.Text);
        taken.Json.GetProperty("success").GetBoolean().ShouldBeTrue();
        taken.Json.GetProperty("received").GetBoolean().ShouldBeTrue();
        taken.Json.GetProperty("timestamp").GetString()!.ShouldEndWith("Z");
        refused.ContentType.ShouldBe("application/problem+json");
        refused.Code.ShouldBe("invalid_request");
        refused.Text.ShouldNotContain("whsec");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_megabyte_comes_through_the_gateway_and_not_a_byte_more(bool chunked)
    {
        const int Limit = 1024 * 1024;
        await using var storage = Storage.Sqlite();
        await using var product = await RunningProduct.StartAsync(storage, Webhook.Settings);
        using var client = new HttpClient();
        var body = Webhook.Succeeded(Guid.NewGuid(), "pi_elsewhere");
        var fits = Encoding.UTF8.GetBytes(body + new string(' ', Limit - Encoding.UTF8.GetByteCount(body)));
        byte[] tooLarge = [.. fits, (byte)' '];

        foreach (var door in new[] { product.Gateway, product.Api })
        {
            (await SendAsync(door, fits)).Status.ShouldBe(200);
            (await SendAsync(door, tooLarge)).Code.ShouldBe("payload_too_large");
        }

        async Task<Answer> SendAsync(Uri door, byte[] bytes)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(door, Webhook.Path));
            request.Content = new ByteArrayContent(bytes);
            request.Headers.TransferEncodingChunked = chunked;
            request.Headers.ExpectContinue = true;
            request.Headers.Add("Stripe-Signature", Webhook.Sign(bytes));
            return await Answer.ReadAsync(await client.SendAsync(request));
        }
    }

    [Fact]
    public async Task On_SQLite_events_beyond_what_may_wait_are_sent_back_and_the_rest_is_stored()
    {
        await using var storage = Storage.Sqlite();
        await using var product = await StartWithRoomForOneAsync(storage);
        var file = product.Services.GetRequiredKeyedService<SqliteFile>(PaymentsModule.ModuleName);

        await OverloadAsync(product, async () => await file.EnterWriteAsync(CancellationToken.None));
    }

    [Fact]
    public async Task On_PostgreSQL_events_beyond_what_may_wait_are_sent_back_and_the_rest_is_stored()
    {
        await using var storage = await Storage.PostgresAsync();
        await using var product = await StartWithRoomForOneAsync(storage);
        await using var blocker = new NpgsqlConnection(storage.Settings["DATABASE_URL"]);
        await blocker.OpenAsync();

        await OverloadAsync(product, async () =>
        {
            var transaction = await blocker.BeginTransactionAsync();
            await using var take = new NpgsqlCommand("LOCK TABLE payments.stripe_events IN ACCESS EXCLUSIVE MODE", blocker);
            await take.ExecuteNonQueryAsync();
            return transaction;
        });
    }

    [Fact]
    public async Task While_the_database_is_away_an_event_is_sent_back()
    {
        await using var storage = await Storage.PostgresAsync();
        await using var product = await RunningProduct.StartAsync(storage, Webhook.Settings);
        using var client = new HttpClient { BaseAddress = product.Gateway };
        var body = Webhook.Succeeded(Guid.NewGuid(), "pi_elsewhere");
        var connection = new NpgsqlConnectionStringBuilder(storage.Settings["DATABASE_URL"]);
        var database = connection.Database!;
        connection.Database = "postgres";
        await using var maintenance = new NpgsqlConnection(connection.ConnectionString);
        await maintenance.OpenAsync();

        await ExecuteAsync($"ALTER DATABASE {database} ALLOW_CONNECTIONS false");
        await ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'");
        var away = await Webhook.SendAsync(client, body);
        await ExecuteAsync($"ALTER DATABASE {database} ALLOW_CONNECTIONS true");
        var back = await Webhook.SendAsync(client, body);

        away.Status.ShouldBe(503, away.Text);
        away.Code.ShouldBe("database_unavailable");
        away.Headers.RetryAfter.ShouldNotBeNull();
        back.Status.ShouldBe(200, back.Text);

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, maintenance);
            await command.ExecuteNonQueryAsync();
        }
    }

    private static Task<RunningProduct> StartWithRoomForOneAsync(Storage storage) => RunningProduct.StartAsync(
        storage,
        new Dictionary<string, string?>(Webhook.Settings)
        {
            ["Webhooks:QueueCapacity"] = "1",
            ["Webhooks:BatchSizeMax"] = "1",
            ["Webhooks:StoreTimeoutMilliseconds"] = "60000",
        });

    private static async Task OverloadAsync(RunningProduct product, Func<Task<IDisposable>> holdStorageAsync)
    {
        using var client = new HttpClient { BaseAddress = product.Gateway };
        var sent = new List<Task<Answer>>();
        using (await holdStorageAsync())
        {
            // One is being stored and one waits; whichever comes then is sent back.
            await Eventually.BecomesTrueAsync(
                () =>
                {
                    sent.Add(Webhook.SendAsync(client, Webhook.Succeeded(Guid.NewGuid(), "pi_elsewhere")));
                    return sent.Exists(answer => answer.IsCompleted);
                },
                Soon,
                "an event is sent back");
            var refused = await await Task.WhenAny(sent);
            refused.Code.ShouldBe("overloaded");
            refused.Headers.RetryAfter.ShouldNotBeNull();
        }

        var answers = await Task.WhenAll(sent);
        answers.Count(answer => answer.Status == 200).ShouldBeGreaterThanOrEqualTo(2);
        answers.ShouldAllBe(answer => answer.Status == 200 || answer.Code == "overloaded");
    }
}
