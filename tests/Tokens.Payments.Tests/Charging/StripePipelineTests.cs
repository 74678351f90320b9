using System.Net;
using Polly.CircuitBreaker;
using Polly.Timeout;
using Stripe;
using Tokens.Payments.Charging;
using Tokens.Payments.Tests.Parts;

namespace Tokens.Payments.Tests.Charging;

public sealed class StripePipelineTests : IDisposable
{
    private readonly StripePipeline _pipeline = TestStripePipeline.Create(new() { RetryDelayMilliseconds = 1, AttemptTimeoutMilliseconds = 100 });

    public static TheoryData<HttpStatusCode> Repeated => [HttpStatusCode.Conflict, HttpStatusCode.TooManyRequests];

    public static TheoryData<HttpStatusCode> Final =>
        [HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized, HttpStatusCode.PaymentRequired, HttpStatusCode.Forbidden, HttpStatusCode.NotFound];

    [Theory]
    [MemberData(nameof(Repeated))]
    public async Task A_write_is_repeated_after_a_conflict_or_a_limit(HttpStatusCode status) =>
        (await AttemptsOfKeyedAsync(Refusal(status))).ShouldBe(4);

    [Theory]
    [MemberData(nameof(Final))]
    public async Task A_write_is_not_repeated_after_another_refusal(HttpStatusCode status) =>
        (await AttemptsOfKeyedAsync(Refusal(status))).ShouldBe(1);

    [Fact]
    public async Task A_write_is_repeated_after_a_broken_connection() =>
        (await AttemptsOfKeyedAsync(new HttpRequestException("reset"))).ShouldBe(4);

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_write_is_not_repeated_after_a_server_error_but_a_read_is(int status)
    {
        var fault = Refusal((HttpStatusCode)status);
        (await AttemptsOfKeyedAsync(fault)).ShouldBe(1);

        var attempts = 0;
        await Should.ThrowAsync<StripeException>(() => _pipeline.RepeatableAsync<int>("test", _ => Fail(ref attempts, fault), default));
        attempts.ShouldBe(4);
    }

    [Fact]
    public async Task An_attempt_without_answer_is_given_up_and_repeated()
    {
        var attempts = 0;
        await Should.ThrowAsync<TimeoutRejectedException>(() => _pipeline.KeyedAsync(
            "test",
            async token =>
            {
                attempts++;
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
                return 0;
            },
            default));
        attempts.ShouldBe(4);
    }

    [Fact]
    public async Task A_caller_who_gives_up_ends_the_attempts()
    {
        using var caller = new CancellationTokenSource();
        var attempts = 0;
        await Should.ThrowAsync<OperationCanceledException>(() => _pipeline.KeyedAsync(
            "test",
            async token =>
            {
                attempts++;
                await caller.CancelAsync();
                token.ThrowIfCancellationRequested();
                return 0;
            },
            caller.Token));
        attempts.ShouldBe(1);
    }

    [Fact]
    public async Task Calls_that_find_stripe_away_open_the_breaker_and_refused_cards_do_not()
    {
        var card = new StripeException(HttpStatusCode.PaymentRequired, new StripeError { Type = "card_error" }, "No.");
        await FailAsync(card, times: 40);
        await FailAsync(new HttpRequestException("reset"), times: 200);

        var attempts = 0;
        await Should.ThrowAsync<BrokenCircuitException>(() => _pipeline.KeyedAsync("test", _ => Task.FromResult(attempts++), default));
        attempts.ShouldBe(0);
        StripeFaults.IsAway(new BrokenCircuitException()).ShouldBeTrue();
    }

    [Fact]
    public async Task What_Stripe_refuses_to_background_calls_closes_nothing_to_purchases()
    {
        var limited = new StripeException(HttpStatusCode.TooManyRequests, new StripeError { Type = "api_error" }, "Slow down.");
        var attempts = 0;
        for (var i = 0; i < 30; i++)
        {
            await Should.ThrowAsync<Exception>(() => _pipeline.RepeatableAsync<int>(StripeUse.Background, "test", _ => Fail(ref attempts, limited), default));
        }

        attempts.ShouldBeLessThan(30, "the breaker of background calls opens, and what Stripe limits isn't repeated at once");
        await Should.ThrowAsync<BrokenCircuitException>(
            () => _pipeline.RepeatableAsync(StripeUse.Background, "test", _ => Task.FromResult(0), default));
        (await _pipeline.RepeatableAsync(StripeUse.Purchase, "test", _ => Task.FromResult(1), default)).ShouldBe(1);
        (await _pipeline.KeyedAsync("test", _ => Task.FromResult(2), default)).ShouldBe(2);
    }

    [Fact]
    public async Task Background_calls_keep_to_their_budget_and_purchases_take_none_of_it()
    {
        var options = new StripePipelineOptions { BackgroundCallsPerSecond = 2, BackgroundCallsWaitingMax = 1 };
        using var pipeline = TestStripePipeline.Create(options);
        using var waiting = new CancellationTokenSource();

        await AskAsync(StripeUse.Background);
        await AskAsync(StripeUse.Background);
        for (var i = 0; i < 10; i++)
        {
            await AskAsync(StripeUse.Purchase);
        }

        var calls = Enumerable.Range(0, 3).Select(_ => AskAsync(StripeUse.Background)).ToArray();
        var refused = await Should.ThrowAsync<StripeBudgetException>(async () => await await Task.WhenAny(calls));
        StripeFaults.IsAway(refused).ShouldBeTrue();
        await waiting.CancelAsync();

        Task<int> AskAsync(StripeUse use) => pipeline.RepeatableAsync(use, "test", _ => Task.FromResult(0), waiting.Token);
    }

    public void Dispose() => _pipeline.Dispose();

    private async Task FailAsync(Exception fault, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var attempts = 0;
            await Should.ThrowAsync<Exception>(() => _pipeline.KeyedAsync<int>("test", _ => Fail(ref attempts, fault), default));
        }
    }

    private async Task<int> AttemptsOfKeyedAsync(Exception fault)
    {
        var attempts = 0;
        var thrown = await Should.ThrowAsync<Exception>(() => _pipeline.KeyedAsync<int>("test", _ => Fail(ref attempts, fault), default));
        thrown.ShouldBe(fault);
        return attempts;
    }

    private static Task<int> Fail(ref int attempts, Exception fault)
    {
        attempts++;
        return Task.FromException<int>(fault);
    }

    private static StripeException Refusal(HttpStatusCode status) => new(status, new StripeError { Type = "api_error" }, "No.");
}
