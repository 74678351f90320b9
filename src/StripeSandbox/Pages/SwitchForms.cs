using System.Globalization;
using Tokens.StripeSandbox.Faults;
using Tokens.StripeSandbox.Webhooks;

namespace Tokens.StripeSandbox.Pages;

/// <summary>The switches on the overview. The script sends each form as JSON to the route that it names.</summary>
internal static class SwitchForms
{
    internal static Html Show(FaultSwitches faults, SandboxOptions limits) => Form(
        "/sandbox/faults",
        "Faults",
        "What goes wrong with requests to /v1.",
        faults != FaultSwitches.Off,
        [
            Number("latencyMs", "Latency, ms", faults.LatencyMs, limits.MaxFaultMilliseconds),
            Number("stallMs", "Stall, ms", faults.StallMs, limits.MaxFaultMilliseconds),
            Rate("stallRate", "Share that stalls", faults.StallRate),
            Rate("dropConnectionRate", "Connection dropped, nothing done", faults.DropConnectionRate),
            Rate("rateLimitRate", "429, nothing done", faults.RateLimitRate),
            Rate("errorRate", "500, nothing done", faults.ErrorRate),
            Rate("errorAfterEffectRate", "500 after the effect", faults.ErrorAfterEffectRate),
            Rate("lostReplyRate", "Done, but the reply is lost", faults.LostReplyRate),
        ]);

    internal static Html Show(WebhookSwitches webhooks, SandboxOptions limits) => Form(
        "/sandbox/webhooks",
        "Webhooks",
        "How events are told.",
        webhooks != new WebhookSwitches(),
        [
            Flag("paused", "Hold all back", webhooks.Paused),
            Flag("shuffle", "Shake the order of new events", webhooks.Shuffle),
            Number("duplicates", "Send each new event again, times", webhooks.Duplicates, limits.MaxDuplicates),
        ]);

    private static Html Form(string route, string title, string note, bool isOn, IEnumerable<Html> fields) => $"""
        <form class="card" data-switches="{route}" aria-label="{title}">
        <h2>{title} {(isOn ? (Html)$"""<span class="badge open">on</span>""" : Html.Nothing)}</h2>
        <p class="note">{note}</p>
        {fields}
        <div class="buttons">
        <button type="submit" class="primary">Apply</button>
        <button type="button" data-reset>Reset</button>
        </div>
        <output role="status"></output>
        </form>
        """;

    private static Html Number(string name, string label, int value, int max) => $"""
        <label class="field"><span>{label}</span>
        <input type="number" name="{name}" value="{value}" min="0" max="{max}" step="1" inputmode="numeric" required></label>
        """;

    private static Html Rate(string name, string label, double value) => $"""
        <label class="field"><span>{label}</span>
        <input type="number" name="{name}" value="{value.ToString(CultureInfo.InvariantCulture)}" min="0" max="1" step="any" inputmode="decimal" required></label>
        """;

    private static Html Flag(string name, string label, bool value) => $"""
        <label class="field"><span>{label}</span>
        <input type="checkbox" name="{name}" {(value ? "checked" : "")}></label>
        """;
}
