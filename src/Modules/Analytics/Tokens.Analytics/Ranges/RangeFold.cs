using Tokens.Wallet.Contracts;

namespace Tokens.Analytics.Ranges;

/// <summary>Roll-ups folded into the days, kinds, hours and counterparties of a range, perhaps on top of an older fold that stays as it is.</summary>
internal sealed class RangeFold
{
    private const int HoursADay = 24;

    private readonly LocalDays _days;
    private RangeFold? _basis;

    // Roll-ups come in the order of their quarters, and many are of one.
    private (int Quarter, int Day, int Hour) _place = (int.MinValue, 0, 0);
    private readonly Sum[] _daily;
    private readonly long[] _hourly;
    private readonly Dictionary<TransferKind, long> _kinds;
    private readonly Dictionary<Guid, Counterparty> _counterparties = [];

    internal RangeFold(LocalDays days, RangeFold? basis = null)
    {
        _days = days;
        _basis = basis;
        _daily = basis is null ? new Sum[days.Count] : [.. basis._daily];
        _hourly = basis is null ? new long[HoursADay] : [.. basis._hourly];
        _kinds = basis is null ? [] : new(basis._kinds);
    }

    /// <summary>One that can be added to without a basis, and be a basis itself.</summary>
    internal static RangeFold CopyOf(LocalDays days, RangeFold? other)
    {
        var copy = new RangeFold(days, other) { _basis = null };
        foreach (var each in other?.Counterparties ?? [])
        {
            copy._counterparties[each.Id] = each;
        }

        return copy;
    }

    internal IReadOnlyList<Sum> Daily => _daily;

    /// <summary>Tokens by the hour of the zone's day.</summary>
    internal IReadOnlyList<long> Hourly => _hourly;

    internal IReadOnlyDictionary<TransferKind, long> Kinds => _kinds;

    internal int CounterpartyCount => Counterparties.Count();

    internal IEnumerable<Counterparty> Counterparties => _basis is null
        ? _counterparties.Values
        : _counterparties.Values.Concat(_basis._counterparties.Values.Where(each => !_counterparties.ContainsKey(each.Id)));

    internal void Add(RangeRow row)
    {
        if (row.Quarter != _place.Quarter)
        {
            _place = (row.Quarter, _days.IndexOf(row.Quarter), _days.LocalTimeOf(row.Quarter).Hour);
        }

        ref var day = ref _daily[_place.Day];
        day = new Sum(day.Tokens + row.Tokens, day.Transfers + row.Transfers);
        _hourly[_place.Hour] += row.Tokens;
        _kinds[row.Kind] = _kinds.GetValueOrDefault(row.Kind) + row.Tokens;
        if (row.CounterpartyId != Guid.Empty)
        {
            var sofar = _counterparties.TryGetValue(row.CounterpartyId, out var own) ? own
                : _basis is not null && _basis._counterparties.TryGetValue(row.CounterpartyId, out var basic) ? basic
                : new Counterparty(row.CounterpartyId, 0, 0, DateTime.MinValue);
            _counterparties[row.CounterpartyId] = sofar.With(row);
        }
    }

    internal readonly record struct Sum(long Tokens, int Transfers);

    /// <param name="Id">The member on the other side.</param>
    /// <param name="Tokens">In the range.</param>
    /// <param name="Transfers">In the range.</param>
    /// <param name="LastAt">The newest one.</param>
    internal readonly record struct Counterparty(Guid Id, long Tokens, int Transfers, DateTime LastAt)
    {
        internal Counterparty With(RangeRow row) =>
            new(Id, Tokens + row.Tokens, Transfers + row.Transfers, row.LastAt > LastAt ? row.LastAt : LastAt);
    }
}

/// <summary>A roll-up of one member's one side.</summary>
internal readonly record struct RangeRow(int Quarter, TransferKind Kind, Guid CounterpartyId, long Tokens, int Transfers, DateTime LastAt);
