using Tokens.GiftCards.Cards;
using Tokens.GiftCards.Redemptions;
using Tokens.GiftCards.Tests.Parts;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Wallet.Contracts;

namespace Tokens.GiftCards.Tests.Recovery;

/// <summary>Does one thing after another, as the seed says, to the product and to the model.</summary>
internal sealed class RandomHistory : IAsyncDisposable
{
    private const int Members = 4;
    private const long StartTokens = 1_000;
    private static readonly TimeSpan Soon = Eventually.Deadline;

    private readonly Storage _storage;
    private readonly int _seed;
    private readonly Random _random;
    private readonly TestTimeProvider _clock;
    private readonly LedgerInMemory _ledger;
    private readonly HistoryModel _model = new();
    private readonly List<Guid> _members = [];
    private GiftCardsHost _host;
    private int _keys;

    private RandomHistory(Storage storage, int seed, GiftCardsHost host, TestTimeProvider clock, LedgerInMemory ledger)
    {
        (_storage, _seed, _random, _host, _clock, _ledger) = (storage, seed, new Random(seed), host, clock, ledger);
        for (var i = 0; i < Members; i++)
        {
            var member = Guid.CreateVersion7();
            _members.Add(member);
            _ledger.Give(member, StartTokens);
            _model.Balances[member] = StartTokens;
        }
    }

    private DateTime Now => _clock.GetUtcNow().UtcDateTime;

    internal static async Task<RandomHistory> BeginAsync(Storage storage, int seed)
    {
        var clock = new TestTimeProvider();
        var ledger = new LedgerInMemory(clock);
        return new RandomHistory(storage, seed, await OpenAsync(storage, ledger, clock), clock, ledger);
    }

    internal Task StepAsync() => _random.Next(10) switch
    {
        <= 2 => IssueAsync(),
        <= 4 => RedeemAsync(),
        5 => CancelAsync(),
        <= 7 => GiftAsync(),
        8 => PassTimeAsync(),
        _ => SettleAsync(),
    };

    /// <summary>A restart, after which the worker ends what is open; then everything is compared.</summary>
    internal async Task SettleAsync()
    {
        await RestartAsync();
        await _host.StartAsync();
        await _host.SettleAsync();
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(2));
                var now = Now;
                return (await _host.CardsAsync()).All(card => (card.Status.IsFinal() || card.Status == CardStatus.Active) && !(card.Status == CardStatus.Active && card.ExpiresAt <= now));
            },
            Soon,
            $"seed {_seed}: every card is where it belongs");
        await RestartAsync();
        _model.Settle(Now);

        foreach (var member in _members)
        {
            _ledger.BalanceOf(member).ShouldBe(_model.Balances[member], $"seed {_seed}: a balance");
        }

        _ledger.BalanceOf(SystemAccount.GiftCards).ShouldBe(_model.OnActiveCards, $"seed {_seed}: tokens on cards");
        var rows = (await _host.CardsAsync()).Where(card => card.Status != CardStatus.Revoked).ToDictionary(card => card.Id, card => card.Status.Wire());
        rows.ShouldBe(_model.Cards.ToDictionary(card => card.Id, card => card.Status), ignoreOrder: true, $"seed {_seed}: the cards");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static Task<GiftCardsHost> OpenAsync(Storage storage, LedgerInMemory ledger, TestTimeProvider clock) =>
        GiftCardsHost.OpenAsync(storage, ledger, clock, settings: ("GiftCards:Lock:FailuresMax", "10000"));

    private async Task RestartAsync()
    {
        await _host.DisposeAsync();
        _host = await OpenAsync(_storage, _ledger, _clock);
    }

    private async Task IssueAsync()
    {
        var (buyer, tokens, days, key) = (Member(), _random.Next(1, 400), _random.Next(1, 4), $"k{_keys++}");
        var isPaid = _model.Balances[buyer] >= tokens;
        var fault = Fault();
        var outcome = await TryAsync(fault, () => _host.TryIssueAsync(buyer, tokens, key, days));
        if (outcome is null && _random.Next(2) == 0)
        {
            // The caller comes back, perhaps to another host.
            await MaybeRestartAsync();
            outcome = await _host.TryIssueAsync(buyer, tokens, key, days);
        }

        switch (outcome)
        {
            case IssueOutcome.Issued issued:
                isPaid.ShouldBeTrue($"seed {_seed}");
                _model.Balances[buyer] -= tokens;
                _model.Cards.Add(new ModelCard
                {
                    Buyer = buyer,
                    Tokens = tokens,
                    ExpiresAt = issued.Card.ExpiresAt,
                    Id = issued.Card.Id,
                    Code = issued.Code!,
                });
                break;
            case IssueOutcome.Refused:
                isPaid.ShouldBeFalse($"seed {_seed}");
                break;
            default:
                // Nobody has seen the code: what was taken comes back.
                if (isPaid && fault == LedgerFaults.After)
                {
                    _model.Balances[buyer] -= tokens;
                    _model.After(isLate: true, () => _model.Balances[buyer] += tokens);
                }

                break;
        }
    }

    private async Task RedeemAsync()
    {
        if (Card() is not { } card)
        {
            return;
        }

        var redeemer = Member();
        var isRedeemable = card.Status == HistoryModel.Active && card.ExpiresAt > Now;
        var fault = Fault();
        var outcome = await TryAsync(fault, () => _host.RedeemAsync(redeemer, card.Code));
        if (!isRedeemable)
        {
            outcome.ShouldBeOfType<RedeemOutcome.NotFound>($"seed {_seed}");
        }
        else if (redeemer == card.Buyer)
        {
            outcome.ShouldBeOfType<RedeemOutcome.Own>($"seed {_seed}");
        }
        else
        {
            _model.End(card, "redeemed", redeemer, isLate: fault == LedgerFaults.Before);
        }

        await MaybeRestartAsync();
    }

    private async Task CancelAsync()
    {
        if (Card() is not { } card)
        {
            return;
        }

        var isCancellable = card.Status == HistoryModel.Active && card.ExpiresAt > Now;
        var row = await _host.Get<CardStore>().GetAsync(card.Id);
        var fault = Fault();
        var isOver = row.Status.IsFinal();
        await TryAsync<object>(fault, async () => await _host.CancelAsync(row));
        if (isCancellable)
        {
            _model.End(card, "cancelled", card.Buyer, isLate: fault == LedgerFaults.Before);
        }
        else if (card.Status == "cancelled" && !isOver && fault != LedgerFaults.Before)
        {
            // A cancellation that was open has been brought to its end by this one: the model's own settling would come too late.
            await SettleAsync();
        }
    }

    private async Task GiftAsync()
    {
        var (sender, recipient, tokens) = (Member(), Member(), _random.Next(1, 300));
        if (sender == recipient)
        {
            return;
        }

        var isPaid = _model.Balances[sender] >= tokens;
        var fault = Fault();
        var outcome = await TryAsync<object>(fault, async () => await _host.GiftAsync(sender, recipient, tokens));
        if (isPaid && (outcome is not null || fault == LedgerFaults.After))
        {
            _model.Balances[sender] -= tokens;
            _model.Balances[recipient] += tokens;
        }
    }

    private Task PassTimeAsync()
    {
        _clock.Advance(TimeSpan.FromHours(_random.Next(1, 30)));
        return Task.CompletedTask;
    }

    private Task MaybeRestartAsync() => _random.Next(3) == 0 ? RestartAsync() : Task.CompletedTask;

    private Guid Member() => _members[_random.Next(Members)];

    private ModelCard? Card() => _model.Cards.Count == 0 ? null : _model.Cards[_random.Next(_model.Cards.Count)];

    private LedgerFaults Fault() => (LedgerFaults)Math.Max(0, _random.Next(-3, 3));

    /// <summary>Null when the ledger's answer was lost: the first posting of this step, and no other.</summary>
    private async Task<T?> TryAsync<T>(LedgerFaults fault, Func<Task<T>> work)
        where T : class
    {
        var isDone = fault == LedgerFaults.None;
        _ledger.Fault = _ =>
        {
            if (isDone)
            {
                return null;
            }

            isDone = true;
            return fault == LedgerFaults.Before ? LedgerFault.Before : LedgerFault.After;
        };
        try
        {
            return await work();
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            _ledger.Fault = _ => null;
        }
    }

    private enum LedgerFaults
    {
        None,
        Before,
        After,
    }
}
