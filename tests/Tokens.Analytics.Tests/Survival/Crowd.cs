using Tokens.Testing.Products;

namespace Tokens.Analytics.Tests.Survival;

/// <summary>Members who tip, call, give, buy cards and redeem and cancel them at random; calls that break off are left as they are.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private readonly Random _random;
    private readonly List<(TestMember Buyer, Guid Id, string Code)> _cards = [];

    private Crowd(IReadOnlyList<TestMember> members, int seed) => (Members, _random) = (members, new Random(seed));

    internal IReadOnlyList<TestMember> Members { get; }

    internal static async Task<Crowd> ComeAsync(Uri gateway, int seed)
    {
        using var admin = await Testing.Running.Members.AdminAsync(gateway);
        var members = new List<TestMember>();
        for (var i = 0; i < 6; i++)
        {
            var member = await TestMember.SignInAsync(gateway, isCreator: true);
            (await admin.PostAsync("/api/tokens/admin/adjustments", new { memberId = member.Id, tokens = 100_000, reason = "a start for the test" }))
                .Status.ShouldBe(200);
            members.Add(member);
        }

        return new Crowd(members, seed);
    }

    /// <summary>Makes so many calls, four at a time.</summary>
    internal async Task CallAsync(int calls)
    {
        for (var i = 0; i < calls; i += 4)
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => CallAsync()));
        }
    }

    public ValueTask DisposeAsync()
    {
        foreach (var member in Members)
        {
            member.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private async Task CallAsync()
    {
        var first = _random.Next(Members.Count);
        var (payer, payee) = (Members[first], Members[(first + 1 + _random.Next(Members.Count - 1)) % Members.Count].Id);
        var tokens = _random.Next(1, 50);
        var choice = _random.Next(10);
        try
        {
            switch (choice)
            {
                case < 4:
                    await payer.TipAsync(payee, tokens);
                    break;
                case < 6:
                    await payer.PostAsync("/api/tokens/calls/deduct", new { counterpartyId = payee, amountTokens = tokens, sessionId = "s" });
                    break;
                case < 7:
                    await payer.PostAsync("/api/tokens/gift", new { recipientId = payee, tokenAmount = tokens });
                    break;
                default:
                    await UseCardsAsync(payer, tokens);
                    break;
            }
        }
        // The host was killed under the call; the history shows whether it happened.
        catch (HttpRequestException)
        {
        }
    }

    private async Task UseCardsAsync(TestMember member, int tokens)
    {
        (TestMember Buyer, Guid Id, string Code)? card = null;
        lock (_cards)
        {
            if (_cards.Count > 3)
            {
                card = _cards[0];
                _cards.RemoveAt(0);
            }
        }

        if (card is not { } used)
        {
            var answer = await member.PostAsync("/api/tokens/gift-card", new { tokenAmount = tokens });
            if (answer.Status == 200)
            {
                lock (_cards)
                {
                    _cards.Add((member, answer.Json.GetProperty("giftCardId").GetGuid(), answer.Json.GetProperty("giftCardCode").GetString()!));
                }
            }
        }
        else if (used.Buyer == member)
        {
            await member.SendAsync(HttpMethod.Delete, $"/api/tokens/gift-cards/{used.Id}", content: null);
        }
        else
        {
            await member.PostAsync("/api/tokens/redeem-gift-card", new { giftCardCode = used.Code });
        }
    }
}
