using System.Collections.Concurrent;
using System.Globalization;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Testing.Running;
using Xunit.Abstractions;

namespace Tokens.Host.Tests.Fuzz;

/// <summary>
/// Whatever comes in: no failure, no hang, every refusal a problem document, and no balance moves. <c>TOKENS_FUZZ_SEED</c> and
/// <c>TOKENS_FUZZ_REQUESTS</c> change the run.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Callers = 8;
    private const int BrokenShownMax = 15;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["RATE_LIMITS"] = "off",
        ["FRONTEND_URL"] = "https://app.example.com",
        // A machine that is busy with this must not look like a host that is gone.
        ["Gateway:HealthTimeout"] = "00:00:30",
        ["Stripe:RetryDelayMilliseconds"] = "10",
    };

    [Fact]
    public async Task Nothing_that_is_sent_breaks_the_product_on_SQLite()
    {
        await using var storage = Storage.Sqlite();
        await RunAsync(storage, Number("TOKENS_FUZZ_REQUESTS", 5_000));
    }

    [Fact]
    public async Task Nothing_that_is_sent_breaks_the_product_on_PostgreSQL()
    {
        await using var storage = await Storage.PostgresAsync();
        await RunAsync(storage, Number("TOKENS_FUZZ_REQUESTS", 2_000));
    }

    [Fact]
    [Trait(Form.Trait, Form.Extended)]
    public async Task Nothing_of_twenty_thousand_requests_breaks_the_product_on_SQLite()
    {
        await using var storage = Storage.Sqlite();
        await RunAsync(storage, Number("TOKENS_FUZZ_REQUESTS", 20_000));
    }

    [Fact]
    [Trait(Form.Trait, Form.Extended)]
    public async Task Nothing_of_four_thousand_requests_breaks_the_product_on_PostgreSQL()
    {
        await using var storage = await Storage.PostgresAsync();
        await RunAsync(storage, Number("TOKENS_FUZZ_REQUESTS", 4_000));
    }

    private async Task RunAsync(Storage storage, int requests)
    {
        var seed = Number("TOKENS_FUZZ_SEED", 20_260_101);
        output.WriteLine($"TOKENS_FUZZ_SEED={seed} TOKENS_FUZZ_REQUESTS={requests}");
        await using var product = await RunningProduct.StartAsync(storage, Settings);
        using var admin = await Members.AdminAsync(product.Gateway);
        using var creator = await Members.CreatorAsync(product.Gateway);
        using var fan = await TestMember.SignInAsync(product.Gateway);
        // Somebody has something that could get lost.
        using var rich = await Members.WithTokensAsync(product.Gateway, admin, 1_000);
        var before = await AllBalances.OfAsync(storage);
        before.Count.ShouldBeGreaterThan(2);

        var maker = new RequestMaker(
            seed, FuzzRoute.Of(product), [fan.Token, creator.Token, admin.Token], [fan.Id, creator.Id, rich.Id, Guid.NewGuid()]);
        var broken = new ConcurrentQueue<string>();
        var statuses = new ConcurrentDictionary<int, int>();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(CallAsync)));

        output.WriteLine(string.Join(", ", statuses.OrderBy(each => each.Key).Select(each => $"{each.Key}: {each.Value}")));
        Assert.True(broken.IsEmpty, $"{broken.Count} broken:\n{string.Join('\n', broken.Take(BrokenShownMax))}");
        // Requests were understood, not just refused at the door.
        new[] { 200, 400, 401, 402, 403, 404, 405, 413, 415 }.ShouldBeSubsetOf(statuses.Keys);
        (await AllBalances.OfAsync(storage)).ShouldBe(before);
        await Members.LedgerShouldBeCleanAsync(admin);

        async Task CallAsync()
        {
            using var client = new WireClient(product.Gateway);
            for (var number = Interlocked.Increment(ref next); number < requests; number = Interlocked.Increment(ref next))
            {
                var request = maker.Make(number);
                using var patience = new CancellationTokenSource(AnswerWithin);
                string? rule;
                WireAnswer? answer = null;
                try
                {
                    answer = await client.SendAsync(request, patience.Token);
                    rule = AnswerRules.Broken(request, answer);
                    statuses.AddOrUpdate(answer?.Status ?? 0, 1, (_, count) => count + 1);
                }
                catch (Exception fault)
                {
                    client.Dispose();
                    rule = patience.IsCancellationRequested ? "hangs" : fault.Message;
                }

                if (rule is not null)
                {
                    broken.Enqueue($"{number} {rule}: {request} -> {answer?.Status} {WireRequest.Printable(answer?.Text ?? "")}");
                }
            }
        }
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
