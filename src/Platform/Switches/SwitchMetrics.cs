using System.Diagnostics.Metrics;

namespace Tokens.Platform.Switches;

/// <summary>The meter <c>Tokens.Switches</c>.</summary>
internal sealed class SwitchMetrics
{
    internal const string MeterName = "Tokens.Switches";

    public SwitchMetrics(IMeterFactory meters, SwitchBoard board) => meters.Create(MeterName).CreateObservableGauge(
        "tokens.switches.off",
        () => board.States.Select(state => new Measurement<int>(state.IsOn ? 0 : 1, new KeyValuePair<string, object?>("switch", state.Switch.Name))),
        "{switch}",
        "1 while the switch is off, as this host sees it.");
}
