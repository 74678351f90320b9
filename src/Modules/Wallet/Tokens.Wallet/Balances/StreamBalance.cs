using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Tokens.Platform.Identity;
using Tokens.Platform.Problems;

namespace Tokens.Wallet.Balances;

/// <summary>GET /api/tokens/balance/stream: the balance on connect and after each change, as server-sent events.</summary>
internal static class StreamBalance
{
    private static readonly Problem TooMany = new(ProblemKind.RateLimited, "Close one of your open balance streams first.");

    internal static async Task<Results<EmptyHttpResult, Problem>> Handle(
        Caller caller,
        HttpContext context,
        BalanceFeed feed,
        BalanceReader balances,
        IOptions<WalletOptions> options,
        [FromServices] ISignInStatus signIns,
        IHostApplicationLifetime lifetime,
        TimeProvider time)
    {
        using var subscription = feed.Subscribe(caller.Id);
        if (subscription is null)
        {
            var heartbeat = TimeSpan.FromSeconds(options.Value.StreamHeartbeatSeconds);
            return (TooMany with { RetryAfter = heartbeat }).With("retryAfterSeconds", options.Value.StreamHeartbeatSeconds);
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        // nginx keeps an answer back until its buffer is full, unless the answer says otherwise.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await new Stream(caller.Id, context, subscription, balances, signIns, options.Value, time).RunAsync(end.Token);
        }
        // The client went away or the host stops: either way the stream is over and nothing is owed.
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
        }

        return TypedResults.Empty;
    }

    private sealed class Stream(
        Guid memberId,
        HttpContext context,
        BalanceFeed.Subscription subscription,
        BalanceReader balances,
        ISignInStatus signIns,
        WalletOptions options,
        TimeProvider time)
    {
        private long _version = -1;
        private long _balance;

        internal async Task RunAsync(CancellationToken cancellationToken)
        {
            await CatchUpAsync(cancellationToken);
            while (true)
            {
                var change = await NextChangeAsync(cancellationToken);
                if (!await StandsAsync(cancellationToken))
                {
                    break;
                }

                if (change is null)
                {
                    await SendAsync(": still here\n\n", cancellationToken);
                    await CatchUpAsync(cancellationToken);
                }
                else if (change is BalanceNotice notice)
                {
                    await SendAsync($"event: {notice.Name}\ndata: {notice.Json}\n\n", cancellationToken);
                }
                else
                {
                    await WriteAsync((BalanceChange)change, cancellationToken);
                }
            }

            await SendAsync("event: expired\ndata: {}\n\n", cancellationToken);
        }

        /// <summary>Null when it is time for a heartbeat, or for the end.</summary>
        private async Task<IBalanceNews?> NextChangeAsync(CancellationToken cancellationToken)
        {
            using var heartbeat = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            using var timer = time.CreateTimer(_ => heartbeat.Cancel(), null, NextPause(), Timeout.InfiniteTimeSpan);
            try
            {
                return await subscription.Changes.ReadAsync(heartbeat.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return null;
            }
        }

        private async Task<bool> StandsAsync(CancellationToken cancellationToken) =>
            ExpiresAt() > time.GetUtcNow() && await signIns.StandsAsync(context.User, cancellationToken);

        // Tells what changed without the feed: on connect, on another host, or while the backlog overflowed.
        private async Task CatchUpAsync(CancellationToken cancellationToken)
        {
            var now = await balances.ReadAsync(memberId, cancellationToken);
            if (now.Version <= _version)
            {
                return;
            }

            var delta = _version < 0 ? 0 : now.Tokens - _balance;
            await WriteAsync(new { balance = now.Tokens, delta, kind = (string?)null, transactionId = (Guid?)null }, cancellationToken);
            (_version, _balance) = (now.Version, now.Tokens);
        }

        private async Task WriteAsync(BalanceChange change, CancellationToken cancellationToken)
        {
            if (change.Version <= _version)
            {
                return;
            }

            (_version, _balance) = (change.Version, change.BalanceTokens);
            await WriteAsync(
                new { balance = change.BalanceTokens, delta = change.DeltaTokens, kind = change.Kind, transactionId = change.TransferId },
                cancellationToken);
        }

        private Task WriteAsync<T>(T data, CancellationToken cancellationToken) =>
            SendAsync($"event: balance_updated\ndata: {JsonSerializer.Serialize(data, JsonSerializerOptions.Web)}\n\n", cancellationToken);

        private async Task SendAsync(string text, CancellationToken cancellationToken)
        {
            await context.Response.WriteAsync(text, cancellationToken);
            await context.Response.Body.FlushAsync(cancellationToken);
        }

        private TimeSpan NextPause()
        {
            var heartbeat = TimeSpan.FromSeconds(options.StreamHeartbeatSeconds);
            var left = ExpiresAt() - time.GetUtcNow();
            return left < heartbeat ? TimeSpan.FromTicks(Math.Max(0, left.Ticks)) : heartbeat;
        }

        private DateTimeOffset ExpiresAt() =>
            long.TryParse(context.User.FindFirst("exp")?.Value, CultureInfo.InvariantCulture, out var seconds)
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : throw new InvalidOperationException("A sign-in without an end must not get past authentication.");
    }
}
