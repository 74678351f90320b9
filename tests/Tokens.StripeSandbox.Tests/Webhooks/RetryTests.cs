using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Tests.Running;
using Tokens.StripeSandbox.Webhooks;
using Tokens.Testing;

namespace Tokens.StripeSandbox.Tests.Webhooks;

public sealed class RetryTests
{
    private static readonly TimeSpan Deadline = Eventually.Deadline;

    [Theory]
    [InlineData(301)]
    [InlineData(307)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task Anything_but_2xx_is_tried_again_after_growing_pauses(int status)
    {
        var clock = new FakeTimeProvider();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = (_, context) =>
        {
            context.Response.Headers.Location = "/hook";
            return Task.FromResult(status);
        };
        await using var sandbox = await RunningSandbox.StartAsync(
            directory: null,
            clock,
            settings: receiver.Settings,
            configuration: [("StripeSandbox:Webhooks:FirstPauseMilliseconds", "1000"), ("StripeSandbox:Webhooks:LongestPauseMilliseconds", "5000")]);
        await sandbox.Caller.CreateAsync();

        var attempts = 1;
        foreach (var pauseSeconds in new[] { 1, 2, 4, 5, 5 })
        {
            var before = clock.GetUtcNow();
            await FailedAsync(sandbox, clock, TimeSpan.FromSeconds(pauseSeconds));
            receiver.Received.Count.ShouldBe(attempts);
            clock.Advance(TimeSpan.FromSeconds(pauseSeconds));
            attempts++;
            await receiver.ReceivesAsync(attempts);
            receiver.Received[^1].Signature.ShouldStartWith($"t={before.AddSeconds(pauseSeconds).ToUnixTimeSeconds()},");
        }

        receiver.Received.Select(webhook => webhook.Text).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
        receiver.Received.Select(webhook => webhook.Signature).Distinct(StringComparer.Ordinal).Count().ShouldBe(attempts);
        await FailedAsync(sandbox, clock, TimeSpan.FromSeconds(5));
        receiver.Answer = static (_, _) => Task.FromResult(204);
        clock.Advance(TimeSpan.FromSeconds(5));
        await sandbox.StruckOffAsync();
        receiver.Received.Count.ShouldBe(attempts + 1);
    }

    [Fact]
    public async Task No_answer_in_time_is_tried_again()
    {
        var clock = new FakeTimeProvider();
        await using var receiver = await WebhookReceiver.StartAsync();
        var hangs = new TaskCompletionSource();
        receiver.Answer = async (_, _) =>
        {
            await hangs.Task;
            return 200;
        };
        await using var sandbox = await RunningSandbox.StartAsync(
            directory: null,
            clock,
            settings: receiver.Settings,
            configuration: ("StripeSandbox:Webhooks:TimeoutMilliseconds", "3000"));
        await sandbox.Caller.CreateAsync();
        await receiver.ReceivesAsync(1);

        clock.Advance(TimeSpan.FromMilliseconds(2999));
        NextDue(sandbox, clock).ShouldBeNull();
        clock.Advance(TimeSpan.FromMilliseconds(1));
        await FailedAsync(sandbox, clock, TimeSpan.FromSeconds(1));
        hangs.SetResult();
        clock.Advance(TimeSpan.FromSeconds(1));

        await receiver.ReceivesAsync(2);
        await sandbox.StruckOffAsync();
    }

    [Fact]
    public async Task A_receiver_that_is_away_gets_its_events_when_it_is_back_and_both_is_said_once()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var nobody = new Uri($"http://{taken.LocalEndpoint}/hook");
        taken.Stop();
        await using var receiver = await WebhookReceiver.StartAsync();
        var url = nobody;
        var log = new RecordedLog();
        await using var sandbox = await RunningSandbox.StartAsync(
            directory: null,
            prepare: builder => builder.Logging.SetMinimumLevel(LogLevel.Information).AddProvider(log),
            settings: settings => settings with { WebhookUrl = () => url, WebhookSecret = WebhookReceiver.Secret },
            configuration: [("StripeSandbox:Webhooks:FirstPauseMilliseconds", "1"), ("StripeSandbox:Webhooks:LongestPauseMilliseconds", "20")]);
        for (var i = 0; i < 5; i++)
        {
            await sandbox.Caller.CreateAsync();
        }

        await Eventually.BecomesTrueAsync(() => Attempts(sandbox) >= 20, Deadline, "It is tried again and again.");
        url = receiver.Address;

        (await receiver.ReceivesAsync(5)).DistinctBy(webhook => webhook.Id).Count().ShouldBe(5);
        await sandbox.StruckOffAsync();
        log.Entries.Count(entry => entry.StartsWith("Warning: Webhooks to ", StringComparison.Ordinal)).ShouldBe(1);
        log.Entries.Count(entry => entry.Contains("received again", StringComparison.Ordinal)).ShouldBe(1);
        log.Entries.ShouldAllBe(entry => !entry.Contains(WebhookReceiver.Secret) && !entry.Contains("from=sandbox"));
    }

    [Fact]
    public async Task After_three_days_an_event_is_given_up()
    {
        var clock = new FakeTimeProvider();
        var log = new RecordedLog();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = static (_, _) => Task.FromResult(503);
        await using var sandbox = await RunningSandbox.StartAsync(
            directory: null,
            clock,
            builder => builder.Logging.AddProvider(log),
            receiver.Settings,
            ("StripeSandbox:Webhooks:LongestPauseMilliseconds", "86400000"),
            ("StripeSandbox:Webhooks:FirstPauseMilliseconds", "3600000"));
        await sandbox.Caller.CreateAsync();

        // 1, 3, 7, 15, 31 and 55 hours after the first attempt; the next one would be at 79.
        var attempts = 1;
        foreach (var hours in new[] { 1, 2, 4, 8, 16, 24 })
        {
            await FailedAsync(sandbox, clock, TimeSpan.FromHours(hours));
            clock.Advance(TimeSpan.FromHours(hours));
            await receiver.ReceivesAsync(++attempts);
        }

        await sandbox.StruckOffAsync();
        receiver.Received.Count.ShouldBe(attempts);
        await Eventually.BecomesTrueAsync(
            () => log.Entries.Any(entry => entry.Contains("given up after 7 attempts", StringComparison.Ordinal)), Deadline, "It is said.");
    }

    [Theory]
    [InlineData("Concurrency", "0")]
    [InlineData("TimeoutMilliseconds", "60001")]
    [InlineData("MaxAgeHours", "721")]
    public async Task An_option_out_of_range_stops_the_start(string option, string value)
    {
        var refused = await Should.ThrowAsync<OptionsValidationException>(
            () => RunningSandbox.StartAsync(($"StripeSandbox:Webhooks:{option}", value)));
        refused.Message.ShouldContain(option);
    }

    /// <summary>Waits until the only delivery has failed and is put off by that pause.</summary>
    private static async Task FailedAsync(RunningSandbox sandbox, FakeTimeProvider clock, TimeSpan pause)
    {
        var expected = clock.GetUtcNow() + pause;
        await Eventually.BecomesTrueAsync(
            () => NextDue(sandbox, clock) == expected, Deadline, $"The next attempt is at {expected:O}.");
    }

    private static DateTimeOffset? NextDue(RunningSandbox sandbox, FakeTimeProvider clock) =>
        sandbox.Services.GetRequiredService<SandboxDb>().Read(session => DeliveryTable.NextDue(session, clock.GetUtcNow()));

    private static long Attempts(RunningSandbox sandbox) =>
        sandbox.Services.GetRequiredService<SandboxDb>().Read(session => session.Scalar<long>("SELECT sum(attempts) FROM deliveries"));
}
