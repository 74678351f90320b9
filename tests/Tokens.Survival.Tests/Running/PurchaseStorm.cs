using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Tokens.Testing;
using Tokens.Testing.Products;

namespace Tokens.Survival.Tests.Running;

/// <summary>
/// Members who buy as the front ends do: they give up after 10 s and repeat up to three times on an abort, a 429 and any 5xx, and on a
/// broken connection until there is one again; every second purchase comes with a key.
/// </summary>
internal sealed class PurchaseStorm : IAsyncDisposable
{
    private const long Tokens = 50;
    private const long AmountMinor = 5_00;
    private const int RepeatsMax = 3;
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly TestMember[] _members;
    private readonly ConcurrentQueue<int> _left;
    private readonly int _count;
    private Task _running = Task.CompletedTask;

    private PurchaseStorm(TestMember[] members, int count)
    {
        _members = members;
        _count = count;
        _left = new(Enumerable.Range(0, count));
    }

    /// <summary>How each purchase ended for its buyer.</summary>
    internal ConcurrentQueue<Ending> Endings { get; } = new();

    /// <summary>Status of every single call that was answered.</summary>
    internal ConcurrentQueue<int> Calls { get; } = new();

    internal static async Task<PurchaseStorm> BeginAsync(Uri gateway, int purchases, int buyers)
    {
        var members = new TestMember[buyers];
        for (var buyer = 0; buyer < buyers; buyer++)
        {
            members[buyer] = await TestMember.SignInAsync(gateway);
        }

        var storm = new PurchaseStorm(members, purchases);
        storm._running = Task.WhenAll(members.Select(storm.BuyOnAsync));
        return storm;
    }

    /// <summary>Waits until that share of the purchases has ended.</summary>
    internal Task ReachesAsync(double share) => Eventually.BecomesTrueAsync(
        () => _running.IsCompleted || Endings.Count >= share * _count, TimeSpan.FromMinutes(5), $"{share:P0} of the purchases have ended");

    internal Task EndAsync() => _running.WaitAsync(TimeSpan.FromMinutes(5));

    /// <summary>All that was charged is credited, and nothing else is.</summary>
    internal Task ChargesBecomeTokensAsync(StripeAside stripe, TimeSpan within) => Eventually.BecomesTrueAsync(
        async () =>
        {
            var charged = (await stripe.ChargesAsync()).Sum(charge => charge.AmountMinor);
            var balances = await Task.WhenAll(_members.Select(member => member.BalanceAsync()));
            return balances.Sum() * AmountMinor == charged * Tokens;
        },
        within,
        "charges and credits are equal");

    /// <summary>Every buyer has what Stripe took of them, was charged once a purchase, and was told the truth.</summary>
    internal async Task EverybodyIsTreatedRightAsync(StripeAside stripe)
    {
        var charges = (await stripe.ChargesAsync()).ToLookup(charge => charge.PaymentIntentId);
        var intents = await stripe.IntentsAsync();
        charges.ShouldAllBe(intent => intent.Count() == 1);
        var ofPurchase = intents.ToLookup(intent => Guid.Parse(Metadata(intent, "purchase_id")));
        foreach (var member in _members)
        {
            var charged = intents.Where(intent => Metadata(intent, "member_id") == member.Id.ToString())
                .Sum(intent => charges[intent.GetProperty("id").GetString()!].Sum(charge => charge.AmountMinor));
            ((await member.BalanceAsync()) * AmountMinor).ShouldBe(charged * Tokens);
        }

        // A member who gives up and buys again without a key is at the same purchase still: the last word counts.
        foreach (var ending in Endings.Where(ending => ending.PurchaseId is not null).OrderBy(ending => ending.ToldAt)
            .GroupBy(ending => ending.PurchaseId).Select(endings => endings.Last()))
        {
            var taken = ofPurchase[ending.PurchaseId!.Value].SelectMany(intent => charges[intent.GetProperty("id").GetString()!]).ToList();
            taken.Count.ShouldBe(ending.IsPaid ? 1 : taken.Count, $"{ending}");
            if (!AskedAgainUnheard(ending))
            {
                taken.ShouldAllBe(charge => ending.IsPaid || charge.CreatedAt <= ending.ToldAt, $"{ending}: charged after it was told to have failed");
            }

            await TruthIsToldAsync(ending, isCharged: taken.Count > 0);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var member in _members)
        {
            member.Dispose();
        }
    }

    // Without a key a later attempt joins an earlier one that is still open, though its own answers never came.
    private bool AskedAgainUnheard(Ending ending) => ending.Key is null && Endings.Any(
        later => later.Member == ending.Member && later.Key is null && later.PurchaseId is null && later.ToldAt > ending.ToldAt);

    private static string Metadata(JsonElement intent, string name) => intent.GetProperty("metadata").GetProperty(name).GetString()!;

    private static async Task TruthIsToldAsync(Ending ending, bool isCharged)
    {
        if (!isCharged)
        {
            return;
        }

        var now = await ending.Member.GetAsync($"/api/tokens/purchases/{ending.PurchaseId}");
        now.Json.GetProperty("purchase").GetProperty("status").GetString().ShouldBe("succeeded");
        if (ending.Key is { } key)
        {
            var again = await ending.Member.PostAsync("/api/tokens/purchase", Body, key);
            again.Status.ShouldBe(200, again.Text);
            again.IsReplay.ShouldBeTrue();
            again.Json.GetProperty("transaction").GetProperty("id").GetGuid().ShouldBe(ending.PurchaseId!.Value);
        }
    }

    private static object Body => new { tokenAmount = Tokens, paymentMethodId = "pm_card_visa" };

    private async Task BuyOnAsync(TestMember member)
    {
        while (_left.TryDequeue(out var number))
        {
            Endings.Enqueue(await BuyAsync(member, number % 2 == 0 ? $"storm-{number}" : null));
        }
    }

    private async Task<Ending> BuyAsync(TestMember member, string? key)
    {
        Answer? last = null;
        for (var call = 0; call <= RepeatsMax; call++)
        {
            while (!await IsThereAsync(member))
            {
                await Task.Delay(Pause, TimeProvider.System);
            }

            last = await TryAsync(member, key) ?? last;
            if (last is { Status: < 500 and not 429 })
            {
                break;
            }

            await Task.Delay(Pause, TimeProvider.System);
        }

        var toldAt = TimeProvider.System.GetUtcNow().UtcDateTime;
        last?.Status.ShouldBeOneOf([200, 409, 502, 503, 504], last.Text);
        var isPaid = last is { Status: 200 };
        return new Ending(member, key, last is null ? null : PurchaseIdOf(last), isPaid, toldAt);
    }

    private static async Task<bool> IsThereAsync(TestMember member)
    {
        try
        {
            return (await member.Client.GetAsync("/health/ready")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<Answer?> TryAsync(TestMember member, string? key)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tokens/purchase") { Content = JsonContent.Create(Body) };
            if (key is not null)
            {
                request.Headers.Add("Idempotency-Key", key);
            }

            using var patience = new CancellationTokenSource(GiveUpAfter, TimeProvider.System);
            var answer = await Answer.ReadAsync(await member.Client.SendAsync(request, patience.Token));
            Calls.Enqueue(answer.Status);
            return answer;
        }
        catch (Exception gone) when (gone is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    private static Guid? PurchaseIdOf(Answer answer) =>
        answer.Json.TryGetProperty("transaction", out var transaction) ? transaction.GetProperty("id").GetGuid()
        : answer.Json.TryGetProperty("purchaseId", out var id) ? id.GetGuid()
        : null;

    /// <param name="Member">Who bought.</param>
    /// <param name="Key">The idempotency key; null without one.</param>
    /// <param name="PurchaseId">As the last answer names it.</param>
    /// <param name="IsPaid">Whether the last answer was 200.</param>
    /// <param name="ToldAt">When the last answer had come, or the buyer had given up.</param>
    internal sealed record Ending(TestMember Member, string? Key, Guid? PurchaseId, bool IsPaid, DateTime ToldAt);
}
