using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Tokens.Platform.Secrets;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;

namespace Tokens.Platform.Switches;

/// <summary>How every switch stands: as the database says, which all hosts share, and as this host's configuration does.</summary>
public sealed class SwitchBoard
{
    private readonly IModuleDb<PlatformDb> _db;
    private readonly TimeProvider _time;
    private readonly FrozenDictionary<string, Switch> _switches;
    private readonly FrozenSet<string> _fixed;
    private volatile FrozenDictionary<string, DateTime> _off = FrozenDictionary<string, DateTime>.Empty;

    internal SwitchBoard(IModuleDb<PlatformDb> db, IEnumerable<Switch> switches, IOptions<SwitchOptions> options, TimeProvider time)
    {
        (_db, _time) = (db, time);
        _switches = switches.ToFrozenDictionary(one => one.Name, StringComparer.Ordinal);
        _fixed = options.Value.Names.ToFrozenSet(StringComparer.Ordinal);
        if (_fixed.FirstOrDefault(name => !_switches.ContainsKey(name)) is { } unknown)
        {
            throw new OptionsValidationException(
                "Switches", typeof(SwitchOptions), [$"Switches:Off: '{unknown}' is no switch; there are {string.Join(", ", _switches.Keys.Order())}."]);
        }
    }

    /// <summary>All switches, by name.</summary>
    public IReadOnlyList<SwitchState> States
    {
        get
        {
            var off = _off;
            return [.. _switches.Values.OrderBy(one => one.Name, StringComparer.Ordinal).Select(one => new SwitchState(
                one, IsOn(one), _fixed.Contains(one.Name), off.TryGetValue(one.Name, out var since) ? since : null))];
        }
    }

    /// <summary>Whether its part of the product works; costs no query.</summary>
    public bool IsOn(Switch one)
    {
        ArgumentNullException.ThrowIfNull(one);
        return !_fixed.Contains(one.Name) && !_off.ContainsKey(one.Name);
    }

    /// <summary>Turns a switch on every host; another host follows within its next look. False when there is no such switch.</summary>
    public async Task<bool> TurnAsync(string name, bool isOn, CancellationToken cancellationToken)
    {
        if (!_switches.ContainsKey(name))
        {
            return false;
        }

        await _db.WriteAsync(
            async (context, token) =>
            {
                var row = await context.Switches.FindAsync([name], token);
                if (isOn && row is not null)
                {
                    context.Remove(row);
                }
                else if (!isOn && row is null)
                {
                    context.Add(new StoredSwitch { Name = name, OffSince = _time.UtcNow() });
                }

                await context.SaveChangesAsync(token);
                return true;
            },
            cancellationToken);
        await LookAsync(cancellationToken);
        return true;
    }

    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        var rows = await _db.ReadAsync((context, token) => context.Switches.AsNoTracking().ToListAsync(token), cancellationToken);
        _off = rows.ToFrozenDictionary(row => row.Name, row => row.OffSince, StringComparer.Ordinal);
    }
}
